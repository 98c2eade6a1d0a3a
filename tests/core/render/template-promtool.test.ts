import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { expandTemplate, templateFault } from "../../../core/model/template/expand";
import { temporaryFolder } from "../../machine/temporary-folder";
import { promtool } from "../../tools/promtool";

const folder = temporaryFolder();
const labels = { instance: "10.0.3.7:8081", host: "mc-0.example.com:80", v6: "[::1]:80", name: "éa bc-d" };
const values = [
  0,
  1,
  -1,
  0.5,
  0.0975,
  0.02,
  0.000123456,
  1e-12,
  59.999,
  60,
  61.5,
  3599.9,
  3600,
  3725,
  86_400,
  90_061.7,
  -3725,
  999.95,
  999.99,
  1000,
  1023,
  1024,
  1025,
  123_456,
  999_999,
  1e6,
  1_234_567,
  1e21,
  1.5e300,
  0.1,
  1 / 3,
  100,
  12_345.678,
  2.5e-5,
  0.2425,
];

/** Each of them is printed with each of the values. */
const valid = [
  "{{ $value }}",
  "{{ .Value }}",
  "{{ $value | humanize }}",
  "{{ humanize $value }}",
  "{{ $value | humanize1024 }}B",
  "{{ $value | humanizeDuration }}",
  "{{ $value | humanizePercentage }}",
  '{{ printf "%.2f" $value }}/s',
  '{{ printf "%8.3f|%-8.1f|%+.1f|%08.2f" $value $value $value $value }}',
  '{{ printf "%g %.3g %e %.1e %v" $value $value $value $value $value }}',
  '{{ printf "%G %.3G %E %.1E %F" $value $value $value $value $value }}',
  "{{ if gt $value 1.0 }}much{{ else if eq $value 1.0 }}one{{ else }}little{{ end }}",
  "{{ $value | }}",
  "{{ if $value }}some{{ else }}none{{ end }}",
  "{{ $x := $value }}{{ $x | humanize }} {{ print $x $x }}",
];

/** These print no value. */
const once = [
  '{{ $labels.instance }} {{ .Labels.instance }} {{ $.Labels.instance }} {{ index $labels `instance` }} {{ index .Labels "instance" }}',
  "a {{- $labels.instance -}} b {{ $labels.nope }}|",
  "a \n {{- /* gone */ -}} \n b",
  "{{ with $labels.instance }}[{{ . }}]{{ else }}none{{ end }}{{ with $labels.nope }}x{{ else }}none{{ end }}",
  "{{ with $l := $labels }}{{ $l.instance }} {{ .instance }}{{ end }}",
  "{{ $labels.name | toUpper }} {{ $labels.name | title }} {{ $labels.instance | toLower }}",
  "{{ $labels.instance | stripPort }} {{ $labels.host | stripPort }} {{ $labels.v6 | stripPort }}",
  '{{ $labels.host | stripDomain }} {{ stripDomain "mc-0" }}',
  '{{ printf "%s|%10s|%-10s|%.2s|%q|%v|%d%%" "ab" "ab" "ab" "éab" "a\\"b" "x" 7 }}',
  '{{ ($labels.instance | stripPort) | printf "%s!" }} {{ len $labels.instance }} {{ len $labels }}',
  '{{ and 1 $labels.nope }}|{{ or $labels.nope "x" }}|{{ not true }}|{{ ne 1 2 }}|{{ lt 1 2 }}|{{ ge 1.5 1.5 }}|{{ eq 1 2 1 }}',
  '{{ println "a" 1 }}{{ print "a" "b" 1 2 "c" }}',
  "{ no label } {} }} {{ `raw` }} {{ true }} {{ 3 }} {{ 1.5 }}",
];

const invalid = [
  "{{ $label.x }}",
  "{{ $value | humanizePercent }}",
  "{{ .labels.x }}",
  "{{ $value",
  "{{ end }}",
  "{{ else }}",
  "{{ if $value }}",
  "{{ }}",
  "{{ humanize }}",
  "{{ humanize $value $value }}",
  "{{ if gt $value 5 }}x{{ end }}",
  "{{ $value.x }}",
  "{{ $labels | humanize }}",
  "{{ | $value }}",
  "{{ ($value }}",
  "{{ 'x }}",
  "{{ index $labels }}{{ index $labels 1 }}",
  "{{ $value | $labels.x }}",
  "{{ $y = 1 }}",
  "{{ /* a blank before the comment */ }}",
  "{{/* a blank after it */ }}",
  "{{/* no end",
  '{{ print("a") }}',
  '{{ print "a""b" }}',
  '{{ print"a" }}',
  "{{ ..Labels }}",
  "{{ ($value).x | humanize $value }}",
  "{{ 08 }}",
  "{{ 'ab' }}",
  "{{ nil }}",
  '{{ "a\\qb" }}',
  "{{ $value | 5 }}",
  "{{ range $labels }}x",
  "{{ range }}x{{ end }}",
  "{{ range $k, $v, $w := $labels }}x{{ end }}",
  "{{ range $k, $v := $labels }}{{ $w }}{{ end }}",
  "{{ range $k, $v := $labels }}{{ end }}{{ $k }}",
  "{{ range query `up` }}{{ .Value | humanise }}{{ end }}",
  "{{ break }}",
  "{{ if $value }}a{{ else with $labels.x }}b{{ end }}",
  "{{ if $value }}a{{ else }}b{{ else }}c{{ end }}",
  '{{ template "x" }}',
  "{{ template x }}",
  '{{ define "x" }}{{ $labels.x }}{{ end }}{{ template "x" }}',
  '{{ if $value }}{{ define "x" }}{{ end }}{{ end }}',
  '{{ block "x" }}a{{ end }}',
  '{{ $labels.x | reReplaceAll "(" "" }}',
  '{{ if match "[" $labels.x }}a{{ end }}',
  '{{ query "sum(" | first | value }}',
  '{{ parseDuration "5 m" }}',
  '{{ toTime $value | date "15:04" }}',
  '{{ query "x" | value }}',
  '{{ query "x" | humanize }}',
  '{{ query "x" | first | humanize }}',
  '{{ label "job" (query "x") }}',
  "{{ $value | first | value }}",
  "{{ $labels.x | query | first | toUpper }}",
  '{{ reReplaceAll "a" "b" $value }}',
  "{{ $labels | first }}",
  "{{ $labels . }}",
];

/** Prometheus expands them, from what it alone knows. */
const untried = [
  "{{ range $k, $v := $labels }}{{ $k }}={{ $v }} {{ else }}none{{ end }}",
  "{{ range query `up` }}{{ if gt .Value 0.0 }}{{ break }}{{ end }}{{ .Labels.instance }}{{ end }}",
  '{{ with printf "up{job=%q}" .Labels.job | query }}{{ . | first | value | humanize }}{{ end }}',
  '{{ define "x" }}[{{ . }}]{{ end }}{{ template "x" $labels.job }}{{ block "y" . }}{{ .Value }}{{ end }}',
  '{{ $labels.instance | reReplaceAll ":(.*)" "" }}{{ if match "a.*" $labels.job }}x{{ end }}',
  '{{ printf "%[2]s %[1]f" $value $labels.job }}',
  '{{ printf "%*d|%#v" 5 3 $labels.job }}',
  '{{ printf "%x %T %c" $labels.job $value 97 }}',
  '{{ printf "%s" $labels }}',
  "{{ . }}",
  "{{ with query `up` }}{{ . | first | value | humanize }}{{ end }}",
  '{{ range query `up` | sortByLabel "instance" }}{{ . | label "instance" }}{{ .Value | humanize }}{{ end }}',
  '{{ $found := query `up` }}{{ if $found }}{{ $found | first | value | printf "%.0f" | humanize }}{{ end }}',
  '{{ range $value := query `up` }}{{ label "job" $value }}{{ end }}{{ with $labels := query `up` }}{{ $labels | first }}{{ end }}',
  '{{ parseDuration "1h30m" | humanizeDuration }}',
  '{{ parseDuration "1h30m" }} {{ slice $labels.instance 0 1 }} {{ html $labels.job }} {{ eq nil 1 }}',
];

describe("templates, compared with Prometheus' own", () => {
  it("expand to the same text", async () => {
    const rules = [
      ...values.flatMap((value, of) => valid.map((template, at) => ({ name: `V${of}x${at}`, template, value }))),
      ...once.map((template, at) => ({ name: `T${at}`, template, value: 1 })),
    ];
    const printed = await tested(
      rules.map(({ name, template, value }, at) => ({
        name,
        template,
        value,
        expected: expandTemplate(template, { labels: { ...labels, n: String(at) }, value }),
      })),
    );
    assert.match(printed, /SUCCESS/, printed.slice(0, 3000));
  });

  it("are refused where Prometheus cannot expand them", async () => {
    for (const template of invalid) {
      const printed = await tested([{ name: "Wrong", template, value: 1, expected: "?" }]);
      assert.match(
        printed,
        /error expanding template|could not parse template|error executing template|annotation .*template/,
        `${template}: ${printed}`,
      );
      assert.notEqual(templateFault(template, ["x"], true), undefined, template);
      assert.notEqual(templateFault(template, ["x"], false), undefined, template);
    }
  });

  it("are left to Prometheus where it alone knows what they print", async () => {
    for (const template of untried) {
      const printed = await tested([{ name: "Untried", template, value: 1, expected: "?" }]);
      assert.doesNotMatch(printed, /error|could not parse/, `${template}: ${printed}`);
      assert.equal(templateFault(template, ["job", "instance"], false), undefined, template);
      assert.match(templateFault(template, ["job", "instance"], true) ?? "", /cannot be tried out/, template);
    }
  });
});

interface Row {
  readonly name: string;
  readonly template: string;
  readonly value: number;
  readonly expected: string;
}

async function tested(rows: readonly Row[]): Promise<string> {
  const spelt = Object.entries(labels)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(",");
  const rules = rows.map(({ name, template, value }, at) => ({
    alert: name,
    expr: `a{n="${at}"} * 0 + ${value} > -Inf or a{n="${at}"} * 0 + ${value}`,
    annotations: { text: template },
  }));
  writeFileSync(join(folder, "rules.yaml"), stringify({ groups: [{ name: "g", rules }] }));
  const expectations = rows.map(({ name, expected }, at) => ({
    alertname: name,
    eval_time: "1m",
    exp_alerts: [{ exp_labels: { ...labels, n: String(at) }, exp_annotations: { text: expected } }],
  }));
  const input = rows.map((_, at) => ({ series: `a{${spelt},n="${at}"}`, values: "0x5" }));
  const file = join(folder, "test.yaml");
  const tests = [{ interval: "1m", input_series: input, alert_rule_test: expectations }];
  writeFileSync(file, stringify({ rule_files: ["rules.yaml"], evaluation_interval: "1m", tests }));
  const { stdout, stderr } = spawnSync(await promtool(), ["test", "rules", file], { encoding: "utf8" });
  return stdout + stderr;
}
