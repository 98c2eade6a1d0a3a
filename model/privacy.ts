/**
 * Labels that would single out a person, a meeting or a session, or carry what they said, in the words of
 * ADR-0011 ("privacy by default").
 */
const personal: ReadonlySet<string> = new Set([
  "meeting_id",
  "participant_id",
  "session_id",
  "user_id",
  "email",
  "phone_number",
  "display_name",
  "full_name",
  "ip_address",
  "client_ip",
  "user_agent",
  "geolocation",
  "request_body",
  "error_message",
]);

/** The same under another spelling: `meetingId`, `email_address`, `user_email`, `remote_ip`. */
const personalWords = /(^|_)(meeting|participant|session|user)_?((uu|gu)?id|name)(_|$)|(^|_)(e?mail|phone|ip|ip_addr)(_|$)/;

/** How something was addressed, not who; and the address of a pod, which is nobody's. */
const kinds = /^(token_type|pod_ip|ip_(family|version|protocol))$/;

const credential = /(^|_)(token|password|passwd|secret|api_?key|jwt|authorization|credentials?|cookie|private_?key)(_|$)/i;

/** The objection to what is personal, as opposed to secret. */
export const singlesOut = "singles out a person, a meeting or a session";

/** Why a label may not exist, or undefined when it may. */
export function privacyObjection(label: string): string | undefined {
  const snake = label
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/\W/g, "_")
    .toLowerCase();
  if (kinds.test(snake)) return undefined;
  if (personal.has(snake) || personalWords.test(snake)) return singlesOut;
  return credential.test(snake) ? "can carry a credential" : undefined;
}
