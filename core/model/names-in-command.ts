/** Names of tools and of their options, which say what is asked for, not of whom. */
const toolWords = new Set(["ip", "nick", "username", "referer", "user_agent", "useragent", "forwarded_for"]);

/** Names that are words of prose, too: `echo "send an email"`. They count where something is asked for them. */
const proseWords = new Set(
  (
    "email emails e_mail phone phones telephone nickname surname birthday birthdate transcript transcripts latitude longitude " +
    "geolocation gender ethnicity nationality referrer passwords cookies"
  ).split(" "),
);

/** Languages in which each word is a name. */
const queryLanguages = new Set("sql psql pgsql postgresql mysql plsql graphql gql promql jq cypher".split(" "));

const asksForNames =
  /\bselect\b[^]*\bfrom\b|\bupdate\b[^]*\bset\b|\binsert\s+into\b|\bdelete\s+from\b|\bcreate\s+(?:table|view|index)\b|\b(?:group|order)\s+by\b|\b(?:by|without|on|ignoring|group_left|group_right)\s*\(|\|\s*(?:unwrap|label_format|distinct|keep|drop)\b|\bhm?(?:get|set|del|exists)\b/i;

/** Addresses of what is connected to a database are those of pods. */
const connectionsOfDatabase = /\bpg_stat_\w+|\bpg_locks\b|\bprocesslist\b/i;
const ofConnections = new Set(["client_addr", "client_hostname"]);

/** Values of Kubernetes: `sessionAffinity: ClientIP`. */
const ofKubernetes = new Set(["ClientIP"]);

/** Settings of git name whoever commits, on the machine of whoever reads. */
const identityOfGit = /\bgit\s+(?:-c|config)\s+(?:--\w+\s+)*user\.(?:email|name)\b/g;

const words = /[A-Za-z][A-Za-z0-9]*(?:[_-]+[A-Za-z0-9]+)*/g;

/**
 * Words of a command that could be a column, a field or a label, as they are written: `meeting_id`, `meetingId`,
 * `--meeting-id`. Not those of which a comment says that they are never used. Only those that are wanted; all, when left out.
 */
export function namesInCommand(
  text: string,
  of: { readonly language?: string; readonly whole?: string; readonly wanted?: (word: string) => boolean } = {},
): readonly string[] {
  const whole = of.whole ?? text;
  const isQuery = (): boolean => queryLanguages.has(of.language?.toLowerCase() ?? "") || asksForNames.test(whole);
  const line = text.replace(identityOfGit, (setting) => " ".repeat(setting.length));
  if (of.wanted && line.match(words)?.some(of.wanted) !== true) return []; // so it is with most lines
  const hasComment = /(?:^|\s)(?:#|--|\/\/)\s/.test(line);
  return [...line.matchAll(words)].flatMap(({ 0: word, index }) => {
    if (of.wanted?.(word) === false) return [];
    if (ofKubernetes.has(word)) return [];
    const name = word.toLowerCase().replace(/^x-/, "").replaceAll("-", "_");
    if (toolWords.has(name) || (ofConnections.has(name) && connectionsOfDatabase.test(whole))) return [];
    const before = line.slice(0, index);
    if (/\bdel\([^)]*$/.test(before)) return []; // what jq takes away
    if (proseWords.has(name) && !isAskedFor(before, line.slice(index + word.length)) && !isQuery()) return [];
    const [, comment] = hasComment ? (/(?:^|\s)(?:#|--|\/\/)\s+(.*)$/.exec(before) ?? []) : [];
    return comment !== undefined && forbidsNext(comment) ? [] : [word];
  });
}

/** Whether a word stands as a name and not as one of a sentence: `.email`, `$email`, `"email"`, `email=`, `grep email`. */
function isAskedFor(before: string, after: string): boolean {
  return (
    /[.${[]$/.test(before) ||
    (/["']$/.test(before) && /^["']/.test(after)) ||
    (/^\s*(?:!?=~?|!~)/.test(after) && !/--?[\w-]*$/.test(before)) ||
    before.endsWith("=") ||
    (/^\s*:/.test(after) &&
      /\b(?:find\w*|where|filter|match|aggregate|count\w*|update\w*|delete\w*)\s*\([^)]*[{,]\s*$/i.test(before)) ||
    /grep\s+(?:-\S+\s+)*$/.test(before) ||
    (before === "" && after === "")
  );
}

/** Whether words forbid what stands between them: `Never put`, `do not log`, `We drop`; `is never logged`, `must not be used`. */
export function forbids(before: string, after: string): boolean {
  return (
    forbidsNext(before) ||
    /\b(?:drop|strip|redact|mask|omit|anonymi[sz]e|pseudonymi[sz]e)(?:s|e?d|ped|ing|ping)?\s+(?:the |any |all )?$/i.test(
      before,
    ) ||
    /^\s*(?:is|are|must|may|can|should|shall|will)?\s*(?:be )?(?:(?:never|not|nowhere)\s+(?:be )?(?:logged|stored|kept|recorded|written|exported|exposed|sent|used|allowed)|dropped|stripped|redacted|masked|omitted|hashed|anonymi[sz]ed)\b/i.test(
      after.replace(/^(?:,?\s*(?:and|or)?\s*`[^`]*`)+/, ""),
    )
  );
}

/** Whether words forbid what follows them: `Never put`, `do not log`. */
export function forbidsNext(words: string): boolean {
  const clause = words.replace(/`[^`]*`,?\s*(?:(?:and|or|nor)\s+)?/g, "");
  return /\b(?:never|(?:do|must|should|shall) not|don't|mustn't|avoid)\b(?!\s+(?:forget|fail|hesitate))[^.,;:!?]*$/i.test(clause);
}
