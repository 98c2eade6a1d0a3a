import { loadModel, type Model } from "@dark-tower/observability";
import { mail } from "./services/mail";

/** What this program declares, with its runbooks as they are now. */
export const model = (): Model => loadModel(__dirname, { services: [mail] });
