/** Whose identity must never be told: each of them followed by one of {@link identities}. */
const subjects =
  "account attendee author call callee caller chat client conference connection contact conversation creator customer device " +
  "employee enduser guest invite invitation invitee meeting member moderator organiser organizer participant patient peer person " +
  "player presenter profile recipient request room sender session speaker staff student subscriber user viewer visitor";

/** What tells one of them from the others. */
const identities = "id uuid guid uid sid key code name title topic subject agenda slug link url handle number pin login identity";

/** Pairs of the two that tell how something was made, not who it is. */
const harmlessPairs =
  "call_code call_subject caller_identity client_code client_name client_identity client_key client_subject connection_name " +
  "connection_key connection_url connection_code connection_login device_identity device_key peer_identity peer_name peer_subject " +
  "peer_url request_code request_key request_name request_title request_topic request_subject request_url request_handle user_key";

/** Names that are personal by themselves, in the words of "privacy by default" (ADR-0011 of Dark Tower) and their like. */
const personalNames =
  "email e_mail email_address mail_address phone phone_number phone_no telephone telephone_number mobile_number mobile_phone " +
  "cell_phone fax_number whatsapp_number dial_in_number calling_number called_number msisdn nickname nick nick_name username " +
  "login_name display_name full_name first_name middle_name last_name given_name family_name surname maiden_name real_name " +
  "screen_name legal_name twitter_handle owner_id birthday birthdate birth_date date_of_birth dob gender ethnicity nationality " +
  "ssn social_security_number social_security passport_number passport_no national_id tax_id driver_license license_plate " +
  "credit_card card_number cvv iban bank_account ip ip_address ip_addr remote_addr remote_address remote_ip remote_host client_ip " +
  "client_addr client_address client_host client_hostname peer_ip peer_addr peer_address user_ip source_ip source_addr " +
  "source_address src_ip src_addr src_address dst_ip dst_addr dst_address dest_ip destination_ip destination_address caller_ip " +
  "participant_ip sender_ip visitor_ip guest_ip attendee_ip member_ip customer_ip device_ip real_ip forwarded_for mac_address " +
  "mac_addr imei imsi idfa gaid advertising_id android_id device_serial device_fingerprint browser_fingerprint user_agent " +
  "geolocation latitude longitude lat_lng geohash home_address postal_address street_address postal_code postcode zip_code " +
  "avatar_url photo_url request_body response_body message_body message_text message_content email_body email_subject " +
  "chat_message chat_text transcript error_message referer referrer jti trace_id span_id correlation_id traceparent conn_id " +
  "invite_link join_link join_url join_code recording_id recording_url recording_link dial_in_pin sip_uri sip_address cookie_id " +
  "publisher_id personal_id github_login github_handle gitlab_login linkedin_url telegram_id telegram_handle discord_id skype_id " +
  "samaccountname user_principal_name";

const credentialNames =
  "token password passwd passphrase passcode secret api_key apikey jwt authorization credential credentials cookie private_key " +
  "client_key_data access_key secret_key signing_key ssh_key bearer otp totp pwd ice_pwd cookies passwords jsessionid phpsessid " +
  "auth_code oauth_code verification_code code_verifier mfa_code reset_code recovery_code security_code pin_code";

/** Before a name, they make it that of a machine or of an account of one: `node_ip_address`, `DB_USERNAME`, `serviceAccountName`. */
const ofMachines = new Map(
  Object.entries({
    "ip_address ip_addr mac_address mac_addr":
      "node pod host server cluster service lb loadbalancer balancer gateway private public internal external elastic static virtual " +
      "nat router interface bind listen container vm network subnet target endpoint dns",
    "username user_name user_id account_name account_id account_number account_key client_id email email_address login_name":
      "db database sql postgres postgresql pg mysql redis mongo mongodb kafka smtp registry docker repl replication service storage " +
      "aws azure gcp cloud oauth oidc basic admin root support oncall alert alerts noreply team grafana ldap_bind auth os ceph prometheus " +
      "alertmanager proxy",
    profile_name: "instance aws cloud",
    "device_name device_id": "block disk drbd network storage volume pci gpu usb nvme mount",
    "request_id request_number request_url request_title request_code": "pull merge",
  }).flatMap(([names, before]) => names.split(" ").map((name) => [name, new Set(before.split(" "))] as const)),
);

/** Before a name, they say that it tells nobody: `hashed_user_id`, `has_email`, `reason="invalid_phone_number"`. */
const disowning = new Set(
  (
    "hashed anonymized anonymised redacted pseudonymized has is no not non without missing invalid malformed bad empty blank " +
    "duplicate unknown unset mismatched requires"
  ).split(" "),
);

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
  const known = answers.get(name);
  if (known !== undefined) return known === "" ? undefined : known;
  const objection = objectionTo(name);
  answers.set(name, objection ?? "");
  return objection;
}

const answers = new Map<string, string>();

function objectionTo(name: string): string | undefined {
  const whole = wordsOf(name);
  const words = singularLast(withoutCarriers(whole));
  // `email_text` is an email, and a `message_text` tells more than a message.
  if ([words, singularLast(whole)].some((read) => endsIn(personal, read))) return singlesOut;
  const unhashed = words.at(-1) === "hash" ? words.slice(0, -1) : words;
  return endsIn(credentials, unhashed) && !disowning.has(unhashed[0] ?? "") ? "can carry a credential" : undefined;
}

/** The lower-case words of a name. */
function wordsOf(name: string): readonly string[] {
  const words = name
    .replace(/IDs\b/g, "Ids")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  // An address of either version: alone the word is a kind of them, `ipv6`, and nobody's.
  return words.length > 1 ? words.map((word) => word.replace(/^ipv[46]$/, "ip")) : words;
}

/** Without what only carries the value of a name. */
function withoutCarriers(words: readonly string[]): readonly string[] {
  const last = words.findLastIndex((word) => !carriers.has(word));
  return words.slice(0, Math.max(last, 0) + 1);
}

/** Alone, `ip6` is a kind of addresses, as `ipv6` is. */
function singularLast(words: readonly string[]): readonly string[] {
  const last = words.at(-1);
  if (last === undefined || (words.length === 1 && /^ip\d$/.test(last))) return words;
  return [...words.slice(0, -1), singular(last.replace(/(?<!ipv)\d+$/, ""))];
}

/** Of names only: a `max_tokens` is no token. */
function singular(word: string): string {
  return word.replace(/(address)es$/, "$1").replace(/(id|mail|name|phone|number|ip|code|addr|link|url|login|transcript)s$/, "$1");
}

/** A pair of words may also be written as one: `userid`. An address alone may be anybody's, that of a pod is the cluster's. */
function endsIn(names: ReadonlySet<string>, words: readonly string[]): boolean {
  const isIp = words.length > 1 && words.at(-1) === "ip";
  const lengths = isIp ? [2] : [4, 3, 2, 1];
  const count = lengths.find((length) => words.length >= length && names.has(words.slice(-length).join("_")));
  if (count === undefined || disowning.has(words[0] ?? "")) return false;
  const found = words.slice(-count).join("_");
  return !(ofMachines.get(found)?.has(words.at(-count - 1) ?? "") ?? false);
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

/** What to do about a name that is refused. */
export const remedy = "Keep aggregates only; look at a single one through structured logs.";

/** Those of some names that may not stand there, each once, with why. */
export function objections(names: readonly string[]): readonly (readonly [name: string, why: string])[] {
  return [...new Set(names)].flatMap((name) => {
    const why = privacyObjection(name);
    return why === undefined ? [] : [[name, why] as const];
  });
}
