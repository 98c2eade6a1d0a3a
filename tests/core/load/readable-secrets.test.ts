import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { holdsToken, readableSecrets } from "../../../core/load/readable-secrets";

const keyInBase64 = Buffer.from("-----BEGIN RSA PRIVATE KEY-----\nx").toString("base64");
const certificate = "-----BEGIN CERTIFICATE-----\nx";
const kubeconfig = (user: string): string => `apiVersion: v1\nusers:\n  - name: a\n    user: ${user}\n`;

const placesOf = (config: Readonly<Record<string, unknown>>): readonly string[] =>
  readableSecrets(config).map((path) => path.join("."));

describe("a readable secret is found", () => {
  const rows: readonly (readonly [what: string, config: Readonly<Record<string, unknown>>, place: string])[] = [
    ["where secure is mistyped", { grafanaToken: { secrue: "AAAB" } }, "grafanaToken.secrue"],
    ["where secure is in upper case", { grafanaToken: { Secure: "AAAB" } }, "grafanaToken.Secure"],
    ["where secure is not alone, so that the engine takes an object", { token: { secure: "AAAB", x: {} } }, "token.secure"],
    ["where secure holds no text", { grafanaToken: { secure: ["AAAB"] } }, "grafanaToken.secure.0"],
    ["where secure holds the token itself", { grafanaToken: { secure: "glsa_abc_d" } }, "grafanaToken.secure"],
    ["where secure holds what nothing has encrypted", { grafanaToken: { secure: "hunter2" } }, "grafanaToken.secure"],
    ["where secure holds words", { grafanaToken: { secure: "my token" } }, "grafanaToken.secure"],
    ["where secure holds a number", { grafanaToken: { secure: 12345 } }, "grafanaToken.secure"],
    ["in a kubeconfig", { "kubernetes:kubeconfig": kubeconfig("{ token: abc }") }, "kubernetes:kubeconfig"],
    ["as a client's key", { "kubernetes:kubeconfig": kubeconfig("{ client-key-data: abc }") }, "kubernetes:kubeconfig"],
    ["as a token of GitLab's runners", { x: "glrt-abcdefghijkl" }, "x"],
    ["as a key of SendGrid", { x: "SG.abcdefghijklmnop.abcdefghijklmnop" }, "x"],
    ["as a bot of Telegram", { x: "123456789:AAE-abcdefghijklmnopqrstuvwxyzABCDEF" }, "x"],
    ["as a workflow of Slack", { x: "https://hooks.slack.com/workflows/T0/A0/1/abc" }, "x"],
    ["as an integration of PagerDuty", { x: "https://events.pagerduty.com/integration/abc/enqueue" }, "x"],
    ["as an address that Azure has signed", { x: "https://x.logic.azure.com/invoke?api-version=1&sig=abc" }, "x"],
    ["in an address of a database", { x: "jdbc:postgresql://u:p@h/db" }, "x"],
    ["in an address with a plus", { x: "mongodb+srv://u:p@h/db" }, "x"],
    ["in a connection string", { x: "Server=x;Password=p;" }, "x"],
    ["as a private key", { x: "-----BEGIN EC PRIVATE KEY-----" }, "x"],
    ["as a private key in base64", { x: keyInBase64 }, "x"],
    ["in a query string", { grafanaUrl: "https://g.example.com/?orgId=1&token=abc" }, "grafanaUrl"],
    ["in a query string, encoded", { grafanaUrl: "https://g.example.com/%3FapiKey%3Dabc" }, "grafanaUrl"],
    ["as a parameter of a path", { grafanaUrl: "https://g.example.com/x;api_key=abc" }, "grafanaUrl"],
  ];
  for (const [what, config, place] of rows) it(what, () => assert.deepEqual(placesOf(config), [place]));
});

describe("no readable secret is", () => {
  const rows: readonly (readonly [what: string, config: Readonly<Record<string, unknown>>])[] = [
    ["an encrypted one", { grafanaToken: { secure: "v1:abc:def+/=" } }],
    ["one that a service has encrypted", { grafanaToken: { secure: "AAABAHk3kWQ6bQ==" } }],
    ["one that an environment has encrypted", { token: { ciphertext: "ZXNjeAAAAAEA" } }],
    ["an encrypted kubeconfig", { "kubernetes:kubeconfig": { secure: "AAAB" } }],
    ["a kubeconfig without credentials", { "kubernetes:kubeconfig": kubeconfig("{ exec: { command: aws } }") }],
    ["the path of a kubeconfig", { "kubernetes:kubeconfig": "~/.kube/prod" }],
    ["a certificate", { x: certificate }],
    ["a certificate in base64", { x: Buffer.from(certificate).toString("base64") }],
    ["a query string without one", { url: "https://g.example.com/?orgId=1&token_type=x" }],
    ["the name of a file that holds one", { passwordFile: "/etc/x", token_file: "/etc/y", private_key_path: "~/.z" }],
    ["the name of an object that holds one", { secretName: "a/b", apiKeySecretRef: "x" }],
    ["the address of an integration without its key", { x: "https://events.pagerduty.com/v2/enqueue" }],
    ["a page of Slack's", { x: "https://hooks.slack.com/" }],
    ["a connection without one", { x: "Server=x;User=y;Password=;" }],
    ["what only begins as one", { x: "SG.1", y: "sk-1", z: "12:34" }],
    ["an empty parameter", { url: "https://g.example.com/?token=" }],
    ["text of several lines", { description: "Ask for a token:\nthe team has one." }],
    ["the name of a Kubernetes secret", { receivers: { page: { webhook: "dark-tower-token/token" } } }],
  ];
  for (const [what, config] of rows) it(what, () => assert.deepEqual(placesOf(config), []));
});

describe("a comment", () => {
  for (const text of [
    "# grafanaToken: glsa_abc_def",
    '# was "ghp_abcdefghijklmnopqrst"',
    "#token=xoxb-1",
    "# https://a:b@example.com",
  ])
    it(`holds a token: ${text}`, () => assert.ok(holdsToken(text)));
  for (const text of [
    "# the token is secret",
    "# glsa tokens begin with glsa_",
    "# password: ask on call",
    "# https://example.com/a:b@c",
  ])
    it(`holds none: ${text}`, () => assert.ok(!holdsToken(text)));
});
