import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { jest } from "@jest/globals";
import { temporaryFolder } from "../machine/temporary-folder";

/** Two alerts and a runbook, with nothing wrong. */
export const small: Readonly<Record<string, string>> = {
  "chain.yaml": ["rules: [rules/*.yaml]", "runbooks: [runbooks/*.md]", ""].join("\n"),
  "rules/app.yaml": rules(["AppDown", "up == 0"], ["AppSlow", "app_wait > 5"]),
  "runbooks/app.md": "# App\n\n## AppDown\n\nRestart it.\n\n## AppSlow\n\nWait.\n",
};

/** A rule file; each alert leads to the heading of its name. */
export function rules(...alerts: readonly (readonly [name: string, expr: string])[]): string {
  const lines = alerts.flatMap(([name, expr]) => [
    `      - alert: ${name}`,
    `        expr: ${expr}`,
    `        annotations: { summary: "It is broken", runbook_url: runbooks/app.md#${name.toLowerCase()} }`,
  ]);
  return ["groups:", "  - name: app", "    rules:", ...lines, ""].join("\n");
}

/** A folder with files. */
export function folderOf(files: Readonly<Record<string, string>>, root = temporaryFolder()): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** Runs git as somebody who has set up nothing. */
export function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd,
    encoding: "utf8",
    stdio: "pipe",
  });
}

/** What a command exits with and prints. */
export function told(command: () => number): { readonly code: number; readonly text: string } {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    const code = command();
    return { code, text: log.mock.calls.map(([line]) => String(line)).join("\n") };
  } finally {
    log.mockRestore();
  }
}
