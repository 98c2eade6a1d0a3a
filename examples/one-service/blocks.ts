import { loadModel, writeBlocks } from "@dark-tower/observability";
import { mail } from "./services/mail";

for (const path of writeBlocks(__dirname, loadModel(__dirname, { services: [mail] }))) console.log(`Wrote ${path}.`);
