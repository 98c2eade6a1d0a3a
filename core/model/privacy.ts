/** Whose identity must never be told: each of them followed by one of {@link identities}. */
const subjects =
  "account attendee call callee caller chat client conference connection contact conversation customer device employee guest " +
  "invite invitation meeting member organizer participant peer person profile request room sender session speaker subscriber user visitor";

/** What tells one of them from the others. */
const identities = "id uuid guid uid key code name title topic slug link url handle number";

/** Pairs of the two that tell how something was made, not who it is. */
const harmlessPairs =
  "call_code client_code client_name client_key connection_name connection_key connection_url connection_code device_key " +
  "peer_name peer_url request_code request_key request_name request_title request_topic request_url request_handle session_key user_key";

/** Names that are personal by themselves, in the words of "privacy by default" (ADR-0011 of Dark Tower) and their like. */
const personalNames =
  "email e_mail email_address mail_address phone phone_number mobile_number msisdn nickname nick username login_name display_name " +
  "full_name first_name last_name given_name family_name surname real_name screen_name legal_name birthday birth_date date_of_birth " +
  "ssn passport_number credit_card card_number iban ip ip_address ip_addr remote_addr remote_address remote_ip client_ip client_addr " +
  "client_address peer_ip peer_addr peer_address user_ip source_ip src_ip caller_ip participant_ip sender_ip visitor_ip real_ip " +
  "forwarded_for mac_address imei user_agent geolocation latitude longitude postal_address street_address request_body response_body " +
  "message_body message_text chat_message chat_text transcript error_message referer referrer jti invite_link join_link join_url join_code";

const credentialNames =
  "token password passwd passphrase passcode secret api_key apikey jwt authorization credential credentials cookie private_key " +
  "access_key secret_key signing_key bearer otp";

/** Words that may stand behind a name without changing what it tells. */
const carriers = new Set("value values string str text raw plain header param field payload list".split(" "));

const personal = phrases(personalNames, pairs());
const credentials = phrases(credentialNames);

/** The objection to what is personal, as opposed to secret. */
export const singlesOut = "singles out a person, a meeting or a session";

/**
 * Why a name may not be a label, a variable or a column of a command, or undefined when it may. Snake, camel and kebab case
 * are the same; what counts is how the name ends: `user_email` tells who, `email_queue`, `user_id_hash` and `token_type` do not.
 */
export function privacyObjection(name: string): string | undefined {
  const known = objections.get(name);
  if (known !== undefined) return known === "" ? undefined : known;
  const objection = objectionTo(name);
  objections.set(name, objection ?? "");
  return objection;
}

const objections = new Map<string, string>();

function objectionTo(name: string): string | undefined {
  const words = wordsOf(name);
  if (endsIn(personal, words)) return singlesOut;
  const unhashed = words.at(-1) === "hash" ? words.slice(0, -1) : words;
  return endsIn(credentials, unhashed) ? "can carry a credential" : undefined;
}

/** The lower-case words of a name, without what only carries its value. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replace(/IDs\b/g, "Ids")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  while (words.length > 1 && carriers.has(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  return words.length > 0
    ? [...words.slice(0, -1), last.replace(/\d+$/, "").replace(/^(id|email|name|phone|number)s$/, "$1")]
    : [];
}

/** A pair of words may also be written as one: `userid`. An address alone may be anybody's, that of a pod is the cluster's. */
function endsIn(names: ReadonlySet<string>, words: readonly string[]): boolean {
  if (words.length > 1 && words.at(-1) === "ip") return names.has(words.slice(-2).join("_"));
  return [1, 2, 3].some((count) => words.length >= count && names.has(words.slice(-count).join("_")));
}

function pairs(): readonly string[] {
  const harmless = new Set(harmlessPairs.split(" "));
  return subjects
    .split(" ")
    .flatMap((subject) => identities.split(" ").map((identity) => `${subject}_${identity}`))
    .filter((pair) => !harmless.has(pair));
}

function phrases(names: string, more: readonly string[] = []): ReadonlySet<string> {
  const all = [...names.split(" "), ...more];
  return new Set(all.flatMap((name) => [name, name.replaceAll("_", "")]));
}
