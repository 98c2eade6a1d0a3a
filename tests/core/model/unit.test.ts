import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { formatValue, grafanaUnit, valueTemplate, type Unit } from "../../../core/model/unit";

const rows: readonly (readonly [value: number, unit: Unit, text: string])[] = [
  [0.5, "s", "500 ms"],
  [0.0005, "s", "0.5 ms"],
  [0, "s", "0 s"],
  [1, "s", "1 s"],
  [2.5, "s", "2.5 s"],
  [-0.25, "s", "-250 ms"],
  [0.1, "percentunit", "10 %"],
  [0.0995, "percentunit", "9.95 %"],
  [0.07, "percentunit", "7 %"],
  [1023, "bytes", "1023 B"],
  [1024, "bytes", "1 KiB"],
  [1.5 * 1024 ** 3, "bytes", "1.5 GiB"],
  [1.5 * 1024 ** 2, "binBps", "1.5 MiB/s"],
  [5, "reqps", "5 requests/s"],
  [0.1, "cps", "0.1/s"],
  [0.8, "cores", "0.8 cores"],
  [100, "short", "100"],
];

describe("formatValue", () => {
  for (const [value, unit, text] of rows) {
    it(`writes ${value} of unit ${unit} as ${text}`, () => {
      assert.equal(formatValue(value, unit), text);
    });
  }
});

describe("a unit", () => {
  it("prints an alert's value in its own way", () => {
    const units = ["short", "cores", "s", "percentunit", "bytes", "binBps", "reqps", "cps"] as const;
    assert.deepEqual(units.map(valueTemplate), [
      "{{ $value | humanize }}",
      "{{ $value | humanize }}",
      "{{ $value | humanizeDuration }}",
      "{{ $value | humanizePercentage }}",
      "{{ $value | humanize1024 }}B",
      "{{ $value | humanize1024 }}B/s",
      '{{ printf "%.2f" $value }}/s',
      '{{ printf "%.2f" $value }}/s',
    ]);
  });

  it("is Grafana's own, but for cores", () => {
    assert.deepEqual([grafanaUnit("cores"), grafanaUnit("s"), grafanaUnit("percentunit")], ["short", "s", "percentunit"]);
  });
});
