/** Names of tools and of their options, which say what is asked for, not of whom. */
const toolWords = new Set(["ip", "nick", "username", "referer", "user_agent", "useragent", "forwarded_for"]);

/** Fields and keys within `{{ … }}`: of `$labels.x`, `.Labels.x`, `index $labels "x"`, and of a legend's `{{x}}`. */
export function namesInTemplate(text: string): readonly string[] {
  return [...text.matchAll(/\{\{-?([\s\S]*?)-?\}\}/g)].flatMap(([, action = ""]) => {
    const whole = action.trim();
    if (/^[\w.-]+$/.test(whole) && !whole.startsWith(".")) return [whole];
    return [...action.matchAll(/\.(\w+)|["'`]([\w-]+)["'`]/g)].map(([, field, key]) => field ?? key ?? "");
  });
}

/** The names of Grafana's variables in a text: `$email`, `${email:regex}`, `[[email]]`. */
export function variablesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$(\w+)|\$\{(\w+)|\[\[(\w+)/g)].map(([, plain, braced, old]) => plain ?? braced ?? old ?? "");
}

/** Words of a command that could be a column, a field or a label, as they are written: `meeting_id`, `meetingId`, `--meeting-id`. */
export function namesInCommand(text: string): readonly string[] {
  return [...text.matchAll(/[A-Za-z][A-Za-z0-9]*(?:[_-]+[A-Za-z0-9]+)*/g)]
    .map(([word]) => word)
    .filter((word) => !toolWords.has(word.toLowerCase().replace(/^x-/, "").replaceAll("-", "_")));
}
