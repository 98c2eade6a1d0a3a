import { runbooks } from "../../runbooks/sections";
import { relay } from "../relay";

/** Sends reminders by text message. */
export const sms = relay({ id: "sms", title: "Sms", failing: runbooks.sms.incidentResponse["scenario-1-messages-fail"] });
