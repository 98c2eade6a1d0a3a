import { loadModel, type Model } from "@dark-tower/observability";
import { mail } from "./services/mail";
import { sms } from "./services/sms";

/** What this program declares, with its runbooks as they are now. */
export const model = (): Model => loadModel(__dirname, { services: [mail, sms] });
