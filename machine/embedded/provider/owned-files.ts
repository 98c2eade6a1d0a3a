import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { listFiles, readIfPresent, writeAtomically } from "../../system/atomic-file";
import { asProperties } from "./property-values";

/** Which resource of the program a deployed file belongs to. `previousPath` is set only while the file moves. */
export interface Owner {
  readonly urn: string;
  readonly id: string;
  readonly path: string;
  readonly previousPath?: string;
  /** How long the file was when it was put there. */
  readonly bytes?: number;
}

/** A file to be put into the target. */
export interface FileToPut {
  readonly identity: string;
  readonly owner: Owner;
  readonly content: string;
  readonly isSecret?: boolean;
}

/**
 * The files that one provider has put into a target folder, each with a record of its owner in `.owners/`.
 * One record a file, so that no shared index can be torn. `identity` is what may exist only once, as a path.
 */
export class OwnedFiles {
  constructor(
    private readonly target: string,
    private readonly provider: string,
  ) {}

  owner(identity: string): Owner | undefined {
    return parseOwner(readIfPresent(this.recordPath(identity)));
  }

  content(identity: string): string | undefined {
    const owner = this.owner(identity);
    return owner && readIfPresent(join(this.target, owner.path));
  }

  /** Whether the file of an identity is there as a whole. */
  isWhole(identity: string): boolean {
    const content = this.content(identity) ?? "";
    return content !== "" && Buffer.byteLength(content) >= (this.owner(identity)?.bytes ?? 0);
  }

  // The record comes first: a record without a file is repaired by the next update, a file without a record would never be removed.
  put({ identity, owner: named, content, isSecret = false }: FileToPut): void {
    const before = this.owner(identity);
    const owner = { ...named, bytes: Buffer.byteLength(content) };
    const moved = before !== undefined && before.path !== owner.path;
    this.writeRecord(identity, moved ? { ...owner, previousPath: before.path } : owner);
    writeAtomically(join(this.target, owner.path), content, isSecret ? 0o600 : 0o644);
    if (!moved) return;
    rmSync(join(this.target, before.path), { force: true });
    this.writeRecord(identity, owner);
  }

  drop(identity: string): void {
    const owner = this.owner(identity);
    if (owner) {
      for (const path of [owner.path, owner.previousPath])
        if (path !== undefined) rmSync(join(this.target, path), { force: true });
    }
    rmSync(this.recordPath(identity), { force: true });
  }

  all(): { identity: string; owner: Owner }[] {
    return this.recordFiles().flatMap((name) => {
      const identity = name.slice(0, -".json".length);
      const owner = this.owner(identity);
      return owner ? [{ identity, owner }] : [];
    });
  }

  private recordFiles(): string[] {
    return listFiles(join(this.target, ".owners", this.provider)).filter((name) => name.endsWith(".json"));
  }

  private recordPath(identity: string): string {
    return join(this.target, ".owners", this.provider, `${identity}.json`);
  }

  private writeRecord(identity: string, owner: Owner): void {
    writeAtomically(this.recordPath(identity), `${JSON.stringify(owner, null, 2)}\n`);
  }
}

/** A file name for a name of any length: long ones are cut and told apart by a hash, because file systems stop at 255 bytes. */
export function fitFileName(name: string): string {
  if (name.length <= 200) return name;
  return `${name.slice(0, 180)}-${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
}

// Somebody may have edited a record by hand. Without an owner, the next create of this identity takes it over.
function parseOwner(text: string | undefined): Owner | undefined {
  if (text === undefined) return undefined;
  try {
    const { urn, id, path, previousPath, bytes } = asProperties(JSON.parse(text));
    if (typeof urn !== "string" || typeof id !== "string" || typeof path !== "string") return undefined;
    return {
      urn,
      id,
      path,
      ...(typeof previousPath === "string" ? { previousPath } : {}),
      ...(typeof bytes === "number" ? { bytes } : {}),
    };
  } catch {
    return undefined;
  }
}
