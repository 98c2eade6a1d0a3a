import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { loadSettingDeclarations, loadStackFile, readStackFile, stackNames } from "../../../core/load/stack-file";

const root = mkdtempSync(join(tmpdir(), "stack-file-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

writeFileSync(
  join(root, "Pulumi.yaml"),
  `name: dark-tower-observability
config:
  grafanaUrl: { type: string, description: Where it is., default: "http://localhost:3000" }
  services: { type: array, items: { type: string }, default: [] }
`,
);

/** The errors of a stack's file, as `name: message`. */
function faultsOf(text: string): readonly string[] {
  const loaded = load(text);
  return "findings" in loaded ? loaded.findings.map(({ subject, message }) => `${subject.name ?? ""}: ${message}`) : [];
}

function load(text: string) {
  writeFileSync(join(root, "Pulumi.test.yaml"), text);
  return loadStackFile(root, "test");
}

describe("a stack's file", () => {
  it("is read over the defaults of Pulumi.yaml", () => {
    assert.deepEqual(load('config: { "dark-tower-observability:services": [mc], "dark-tower-observability:other": 1 }'), {
      value: { grafanaUrl: "http://localhost:3000", services: ["mc"], other: "1" },
    });
  });

  for (const [form, text] of Object.entries({
    "without the project's name": "config: { services: [mc] }",
    "with config between": 'config: { "dark-tower-observability:config:services": [mc] }',
    "as JSON": `config: { services: '["mc"]' }`,
    "with a merge key": "x: &x { services: [mc] }\nconfig: { <<: *x }".replace("x: &x", "environment: &x"),
    "with a byte order mark and Windows' line ends": "\uFEFFconfig:\r\n  services:\r\n    - mc\r\n",
  })) {
    it(`is read as the engine reads it: ${form}`, () => {
      assert.deepEqual(load(text), { value: { grafanaUrl: "http://localhost:3000", services: ["mc"] } });
    });
  }

  for (const text of ["", "config:", "encryptionsalt: v1:abc", "# nothing", "config: {}"]) {
    it(`may hold no setting: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(load(text), { value: { grafanaUrl: "http://localhost:3000", services: [] } });
    });
  }

  const ignored = "would be ignored. A stack's file has config, environment, secretsprovider, encryptedkey, encryptionsalt.";
  const refused: Readonly<Record<string, string>> = {
    "config: text": "config: must be a mapping of settings.",
    "conf: { services: [] }": `conf: ${ignored} Did you mean "config"?`,
    "- config": ': is no file of a stack: that is a mapping with the key "config".',
    true: ': is no file of a stack: that is a mapping with the key "config".',
    'config: { "dark-tower-observabilty:services": [] }':
      'dark-tower-observabilty:services: would be ignored: the settings of this program begin with "dark-tower-observability:". Did you mean "dark-tower-observability"?',
    'config: { "a:b:c": 1 }': 'a:b:c: is no key: that has the form "namespace:name".',
    'config: { services: [], "dark-tower-observability:services": [] }':
      'dark-tower-observability:services: is set twice, here and as "services". Keep one.',
    'config: { "kubernetes:namespace": x }':
      "kubernetes:namespace: would be ignored: the namespace is the setting monitoringNamespace.",
    'config: { "kubernetes:contex": x }':
      'kubernetes:contex: would be ignored: of the Kubernetes provider\'s settings this program takes kubernetes:context and kubernetes:kubeconfig. Did you mean "context"?',
    'config: { "grafana:url": "https://x" }': "grafana:url: would be ignored: the address of Grafana is the setting grafanaUrl.",
    "config: { grafanaUrl: { secure: AAAB } }":
      "grafanaUrl: is a secret, but its value stands readable in what is deployed. Only grafanaToken can be a secret.",
    "a: [": ": is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].",
    "config: { a: .nan }": ": holds .nan, which the engine does not take. Write a number.",
    "config: { ? [a] : b }": ": holds a list or a mapping as a key, which the engine does not take. Write a text.",
    "%YAML 1.2\n---\nconfig: {}": ": says that it is YAML 1.2, which the engine does not read. Leave that line out.",
    "config: &a { services: *a }": ": is not valid YAML: An alias stands within what it is the name of.",
    'config: { "kubernetes:context": }':
      "kubernetes:context: must be a text, and not empty: the stack would go to whatever cluster is current.",
    'config: { "kubernetes:context": [prod-eu] }':
      "kubernetes:context: must be a text, and not empty: the stack would go to whatever cluster is current.",
    "config: { grafanaToken: { secure: } }":
      "grafanaToken: holds no token. Run `pulumi config set --secret grafanaToken --stack test`, or leave it out.",
    'config: { grafanaToken: { secure: " " } }':
      "grafanaToken: holds no token. Run `pulumi config set --secret grafanaToken --stack test`, or leave it out.",
    "config: { grafanaToken: {} }":
      "grafanaToken: holds no token. Run `pulumi config set --secret grafanaToken --stack test`, or leave it out.",
    "config: { grafanaToken: true }":
      "grafanaToken: holds no token. Run `pulumi config set --secret grafanaToken --stack test`, or leave it out.",
    'config: { "kubernetes:kubeconfig": { secure: } }':
      "kubernetes:kubeconfig: holds a secret without a value. Leave it out, or set it with `pulumi config set --secret`.",
    "config: {}\n---\nconfig: {}": ": begins a second document here, which the engine would ignore. Write one.",
    'config: { "kubernetes:context": a, "kubernetes:config:context": b }':
      'kubernetes:config:context: is set twice, here and as "kubernetes:context". Keep one.',
    'config: { grafanaUrl: "https:\\/\\/a" }': ': holds "https://a" with "\\/", which the engine does not read. Write "/".',
    "config: { services:[mc] }": ': has no space behind "services:", which the engine reads as a part of the name. Write one.',
    "config: { a: b\x07 }": ": holds the control character U+0007, which the engine does not take. Take it out.",
    "a: \0": ": is no text: it holds the byte NUL.",
  };
  for (const [text, message] of Object.entries(refused)) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(faultsOf(text), [message]);
    });
  }

  it("is refused with bytes that are no text", () => {
    writeFileSync(join(root, "Pulumi.test.yaml"), Buffer.from([0x63, 0xff, 0xfe, 0x80]));
    const loaded = loadStackFile(root, "test");
    assert.ok("findings" in loaded);
    assert.deepEqual(
      loaded.findings.map(({ message }) => message),
      ["is no text: it holds bytes that are no UTF-8."],
    );
  });

  for (const text of [
    'config: { "kubernetes:context": prod-eu }',
    'config: { "kubernetes:context": 123 }',
    'config: { "kubernetes:kubeconfig": { secure: AAAB } }',
    'config: { "kubernetes:kubeconfig": { apiVersion: v1 } }',
    "config: { ruleSelectorLabels: &a { release: x }, x: *a, y: *a }",
    'config: { "pulumi:disable-default-providers": ["*"] }',
    "encryptionsalt: v1:abc=",
    "secretsprovider: awskms://alias/secrets",
    "config: { receivers: { page: { pagerduty: dark-tower-secrets/token } } }",
    "config: { grafanaToken: }",
    '{"config":{"services":["mc"]}}',
    'config: { services: ["a\\\\/b", "\\u00e9", a:b] }',
    'config: { "a": é😀, services: [ab], grafanaUrl: https://a }',
    "config: { } # set grafanaToken with pulumi config set --secret",
    "config: { datasourceUid: '# glsa_x' }",
    "config: { grafanaToken: { secure: v1:abc } }",
    "config: { receivers: {} }",
  ]) {
    it(`is taken: ${text}`, () => {
      assert.deepEqual(faultsOf(text), []);
    });
  }

  it("may be missing", () => {
    assert.deepEqual(loadStackFile(root, "nowhere"), { value: { grafanaUrl: "http://localhost:3000", services: [] } });
  });

  it("may hold an encrypted token", () => {
    assert.ok("value" in load('config: { "dark-tower-observability:grafanaToken": { secure: AAAB } }'));
  });

  it("is refused with a token that everybody can read, which the message does not repeat", () => {
    assert.deepEqual(load('config: { "dark-tower-observability:grafanaToken": glsa_example }'), {
      findings: [
        {
          check: "settings",
          severity: "error",
          subject: { file: "Pulumi.test.yaml", name: "grafanaToken" },
          message: "is readable in the file. Revoke the token, then run `pulumi config set --secret grafanaToken --stack test`.",
        },
      ],
    });
  });
});

describe("a secret that everybody can read", () => {
  for (const [where, text] of Object.entries({
    "in the token's setting, with its short name": "config: { grafanaToken: glsa_example }",
    "in a provider's setting": 'config: { "grafana:auth": glsa_example }',
    "below a mistyped name": "config: { grafanatoken: glsa_example }",
    "in another setting": "config: { datasourceUid: glsa_example }",
    "deep in an object": "config: { receivers: { page: { webhook: a/b, password: example } } }",
    "in a list in JSON": `config: { services: '["glsa_example"]' }`,
    "outside of config": "environment: { values: { grafanaToken: example } }",
    "as an address that lets anybody write":
      "config: { receivers: { page: { webhook: https://hooks.slack.com/services/T0/B0/glsa_example } } }",
    "as a password in an address": "config: { runbookBaseUrl: 'https://wiki:example@wiki.example.com' }",
    "as another service's token": "config: { datasourceUid: hvs.exampleexample }",
    "as an environment's function": "environment: { values: { token: { 'fn::secret': example } } }",
  })) {
    it(`is found ${where}, and not repeated`, () => {
      const found = faultsOf(text);
      assert.equal(found.filter((message) => message.includes("is readable in the file. Revoke the ")).length, 1);
      assert.doesNotMatch(found.join("\n"), /glsa_example|: example/);
    });
  }
  for (const text of [
    "config: { grafanaToken: { secure: AAAB } }",
    "environment: { values: { grafanaToken: { 'fn::secret': { ciphertext: AAAB } } } }",
    "config: { tokenType: bearer }",
    "config: { grafanaUrl: 'https://grafana.example.com/a:b@c' }",
    "config: { grafanaUrl: 'https://hooks.example.com/services/T0' }",
    "config: { datasourceUid: pul-example, rules: Basic }",
    "encryptedkey: AAAB",
  ]) {
    it(`is not one: ${text}`, () => {
      assert.deepEqual(faultsOf(text), []);
    });
  }
});

describe("what a stack forgot", () => {
  const warnings = (stack: string, text: string): readonly string[] => {
    writeFileSync(join(root, `Pulumi.${stack}.yaml`), text);
    return readStackFile(root, stack).findings.map(({ severity, subject }) => `${severity} ${subject.name ?? ""}`);
  };

  for (const [what, text] of Object.entries({ "an emptied file": "", "an unset address": "config: { services: [] }" })) {
    it(`is warned of: ${what}`, () => {
      assert.deepEqual(warnings("prod", text), ["warning grafanaUrl"]);
    });
  }

  it("is not, on the stack of a desk, or where it was set, even to the same", () => {
    assert.deepEqual(warnings("dev", ""), []);
    assert.deepEqual(warnings("prod", "config: { grafanaUrl: http://localhost:3000 }"), []);
    assert.deepEqual(warnings("prod", "config: { grafanaUrl: https://grafana.example.com }"), []);
  });
});

describe("Pulumi.yaml", () => {
  it("declares the settings with their descriptions and defaults", () => {
    assert.deepEqual(loadSettingDeclarations(root), [
      { key: "grafanaUrl", description: "Where it is.", default: "http://localhost:3000" },
      { key: "services", description: "", default: [] },
    ]);
  });
});

describe("the stacks", () => {
  it("are those that have a file, in alphabetical order", () => {
    for (const file of ["Pulumi.prod.yaml", "Pulumi.dev.yaml", "Pulumi.eu.west-1.yaml", "Pulumi.dev.yaml.bak"])
      writeFileSync(join(root, file), "");
    assert.deepEqual(
      [...stackNames(root)].filter((name) => name !== "test"),
      ["dev", "eu.west-1", "prod"],
    );
  });
});
