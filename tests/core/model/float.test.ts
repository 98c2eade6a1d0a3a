import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { formatFloat, writtenForms } from "../../../core/model/float";

describe("formatFloat", () => {
  // What Go's strconv.AppendFloat(…, 'g', -1, 64) and Prometheus' ".0" behind it give.
  const rows: readonly (readonly [number, string])[] = [
    [0, "0.0"],
    [1, "1.0"],
    [-2, "-2.0"],
    [0.5, "0.5"],
    [0.0001, "0.0001"],
    [0.00005, "5e-05"],
    [0.000123, "0.000123"],
    [0.0000123, "1.23e-05"],
    [1.5e-7, "1.5e-07"],
    [1e-100, "1e-100"],
    [99_999.5, "99999.5"],
    [100_000, "100000.0"],
    [999_999, "999999.0"],
    [1_000_000, "1e+06"],
    [1_234_567, "1.234567e+06"],
    [2_500_000, "2.5e+06"],
    [1_073_741_824, "1.073741824e+09"],
    [1e21, "1e+21"],
    [Infinity, "+Inf"],
    [-Infinity, "-Inf"],
  ];
  for (const [value, text] of rows) it(`writes ${value} as ${text}`, () => assert.equal(formatFloat(value), text));
});

describe("writtenForms", () => {
  it("are what Prometheus and services write", () => {
    assert.deepEqual(writtenForms(0.5), ["0.5"]);
    assert.deepEqual(writtenForms(1), ["1", "1.0"]);
    assert.deepEqual(writtenForms(0.00005), ["5e-05", "0.00005"]);
    assert.deepEqual(writtenForms(1e-7), ["1e-07", "1e-7", "0.0000001"]);
    assert.deepEqual(writtenForms(2_500_000), ["2.5e+06", "2500000", "2500000.0"]);
  });
});
