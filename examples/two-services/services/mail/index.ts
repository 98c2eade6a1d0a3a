import { runbooks } from "../../runbooks/sections";
import { relay } from "../relay";

/** Sends invitations by mail. */
export const mail = relay({ id: "mail", title: "Mail", failing: runbooks.mail.incidentResponse["scenario-1-messages-fail"] });
