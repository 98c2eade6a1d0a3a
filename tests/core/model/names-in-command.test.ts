import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { namesInCommand } from "../../../core/model/names-in-command";
import { privacyObjection, singlesOut } from "../../../core/model/privacy";
import { privacyIsKept } from "../../../core/checks/privacy-is-kept";
import { findingsOf } from "../checks/rows";

/** The personal names that a command asks for. */
function personalIn(command: string, language?: string): readonly string[] {
  const names = command.split("\n").flatMap((text) => namesInCommand(text, { ...(language && { language }), whole: command }));
  return [...new Set(names)].filter((name) => privacyObjection(name) === singlesOut);
}

describe("a word that is also one of prose", () => {
  for (const command of [
    'psql -c "select email from users"',
    "select id,\n  email\nfrom users",
    "jq -r '.users[] | .email'",
    "jq 'select(.email==\"x\")'",
    '{"email": "a@b"}',
    "grep -i email app.log",
    `{app="mc"} | json | email=~".+"`,
    "topk(5, sum by (email) (x))",
    "db.users.find({ age: 5, email: 'x' })",
    `mongosh --eval 'db.users.find({email: "x"})'`,
    "echo $email ${email}",
    "redis-cli hget user:7 email",
    "kubectl get x --sort-by=email",
    '{app="mc"} | logfmt | unwrap email',
    "email",
  ]) {
    it(`is a name where something is asked for it: ${command}`, () => {
      assert.deepEqual(personalIn(command), ["email"]);
    });
  }

  for (const command of [
    'echo "Send an email to the on-call engineer"',
    "Subject: joins fail\nWe send another email at noon; call by phone.",
    "certbot renew --email ops@example.com",
    "gcloud iam service-accounts list --format='value(email)'",
    "grep -c 'email sent' mail.log",
    "Read the transcript of the incident.",
    "jq 'del(.email, .id)'",
    "{name: on-call, email: ops@example.com}",
    '{app="mc"} |= "email sent" | json | level="error"',
  ]) {
    it(`is none in a sentence, or of a tool: ${command}`, () => {
      assert.deepEqual(personalIn(command), []);
    });
  }
});

describe("what runbooks ask of machines", () => {
  for (const command of [
    "kubectl get pod -o jsonpath='{.status.podIP} {.status.hostIP} {.spec.nodeName} {.spec.serviceAccountName}'",
    "kubectl get svc -o jsonpath='{.spec.clusterIP} {.status.loadBalancer.ingress[0].ip}'",
    "kubectl get secret db -o jsonpath='{.data.username}' | base64 -d",
    "kubectl create secret docker-registry r --docker-username=x --docker-email=y",
    "export DB_USERNAME=app PGUSER=app",
    "select pid, usename, client_addr, state from pg_stat_activity;",
    "aws sts get-caller-identity; aws iam get-instance-profile --instance-profile-name x",
    "aws ec2 describe-instances --query 'Reservations[].Instances[].PrivateIpAddress'",
    "git config user.email ops@example.com",
    "ip -4 addr show; hostname -I",
    "curl -H 'User-Agent: probe' -u username:$PASS https://mc/health",
    "select count(*) from users where user_tier = 'free'",
    "reason: invalid_email",
    'kubectl patch svc mc -p \'{"spec":{"sessionAffinity":"ClientIP"}}\'',
  ]) {
    it(`names nobody: ${command}`, () => {
      assert.deepEqual(personalIn(command, command.startsWith("select") ? "sql" : "bash"), []);
    });
  }
});

describe("a name that words forbid", () => {
  const found = (markdown: string): number =>
    findingsOf(privacyIsKept, { markdown: (before) => `${before}\n\n${markdown}\n` }).length;

  for (const text of [
    "Never use meeting_id in a label.",
    "Never use `meeting_id` in a label.",
    "Never put `meeting_id`, `user_id` or `email` in a label.",
    "Do not log `user_id`: use `user_id_hash`.",
    "`user_id` is never logged.",
    "`user_id` and `email` are dropped before that: `email` must not be stored.",
    "We drop `user_id`, and strip the `email`.",
    "```bash\n# never print meeting_id here\ngrep ERROR app.log\n```",
    "```sql\n-- do not select email\nselect count(*) from users\n```",
  ]) {
    it(`is not used: ${JSON.stringify(text)}`, () => assert.equal(found(text), 0));
  }

  for (const text of [
    "If it is not there, search for `meeting_id`.",
    "Do not forget to search for `meeting_id`.",
    "Never mind. Search for `meeting_id`.",
    "Check that `meeting_id` is not empty.",
    "`meeting_id` is not found in the answer.",
    "Where calls drop, search for `meeting_id`.",
    "Drop into psql, and look up the `meeting_id`.",
    "```bash\n# never mind\ngrep meeting_id app.log\n```",
    "```sql\nselect 1 from t where not meeting_id = 7\n```",
  ]) {
    it(`is used: ${JSON.stringify(text)}`, () => assert.equal(found(text), 1));
  }
});
