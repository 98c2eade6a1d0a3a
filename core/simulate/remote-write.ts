import { countOf, nativeSchema, type NativeValue } from "./native-value";
import type { StoredSeries, StoredValue } from "./stored-series";

/** The bits of the number by which Prometheus marks that a series has ended; no arithmetic makes it. */
const staleMarker = 0x7ff0000000000002n;

/**
 * Series as a remote write request of Prometheus: https://prometheus.io/docs/specs/prw/remote_write_spec/.
 * @param at the time of a second of the situation, in milliseconds since 1970.
 */
export function encodeWriteRequest(all: readonly StoredSeries[], at: (second: number) => number): Buffer {
  return snappy(Buffer.concat(all.map((series) => field(1, encodeSeries(series, at)))));
}

function encodeSeries({ name, labels, samples }: StoredSeries, at: (second: number) => number): Buffer {
  const pairs = Object.entries({ ...labels, __name__: name }).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([
    ...pairs.map(([label, value]) => field(1, Buffer.concat([field(1, Buffer.from(label)), field(2, Buffer.from(value))]))),
    ...(isNative(samples)
      ? samples.map(([second, value]) => field(4, encodeHistogram(value, at(second))))
      : [encodeSamples(samples, at)]),
  ]);
}

function isNative(samples: StoredSeries["samples"]): boolean {
  return samples.some(([, value]) => typeof value === "object");
}

/**
 * A histogram of floats: Prometheus' message `Histogram`, in its own order of fields. The end of such a series is a histogram
 * whose sum is the marker: of a request, Prometheus stores numbers before histograms.
 */
function encodeHistogram(value: StoredValue | "stale", time: number): Buffer {
  const { zeros, buckets, sum } = typeof value === "object" ? value : nothingCounted;
  return Buffer.concat([
    double(2, countOf({ zeros, buckets, sum })),
    bytesOf(3, value === "stale" ? staleBytes() : doubleBytes(sum)),
    integer(4, zigzag(nativeSchema)),
    double(7, zeros),
    ...buckets.map(([index], position) => {
      const before = buckets[position - 1]?.[0];
      return field(11, Buffer.concat([integer(1, zigzag(before === undefined ? index : index - before - 1)), integer(2, 1)]));
    }),
    field(13, Buffer.concat(buckets.map(([, count]) => doubleBytes(count)))),
    integer(15, Math.round(time)),
  ]);
}

const nothingCounted: NativeValue = { zeros: 0, buckets: [], sum: 0 };

function double(number: number, value: number): Buffer {
  return bytesOf(number, doubleBytes(value));
}

/** A field of eight bytes. */
function bytesOf(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 1]), bytes]);
}

function staleBytes(): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(staleMarker);
  return bytes;
}

function doubleBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function integer(number: number, value: number): Buffer {
  return Buffer.concat([Buffer.from([number << 3]), varint(value)]);
}

/** Signed numbers, the small ones short. */
function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

/** A sample is a field 2: its field 1 is a double, and its field 2 an integer of at most 10 bytes. There may be millions. */
function encodeSamples(samples: StoredSeries["samples"], at: (second: number) => number): Buffer {
  const buffer = Buffer.allocUnsafe(samples.length * 22);
  let next = 0;
  for (const [second, value] of samples) {
    if (typeof value === "object") throw new TypeError("A histogram is no number.");
    const start = next;
    buffer[next++] = (2 << 3) | 2;
    next++; // the length, which is known when the time is written
    buffer[next++] = (1 << 3) | 1;
    if (value === "stale") buffer.writeBigUInt64LE(staleMarker, next);
    else buffer.writeDoubleLE(value, next);
    next += 8;
    buffer[next++] = (2 << 3) | 0;
    let rest = Math.round(at(second));
    for (; rest >= 128; rest = Math.floor(rest / 128)) buffer[next++] = (rest % 128) | 128;
    buffer[next++] = rest;
    buffer[start + 1] = next - start - 2;
  }
  return buffer.subarray(0, next);
}

/** A field of bytes in Protocol Buffers. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

/** Snappy's block format, with nothing compressed: https://github.com/google/snappy/blob/main/format_description.txt */
function snappy(content: Buffer): Buffer {
  const most = 65_536;
  const literals: Buffer[] = [];
  for (let start = 0; start < content.length; start += most) {
    const literal = content.subarray(start, start + most);
    const length = Buffer.from([61 << 2, 0, 0]); // the length follows in two bytes
    length.writeUInt16LE(literal.length - 1, 1);
    literals.push(length, literal);
  }
  return Buffer.concat([varint(content.length), ...literals]);
}
