import { findPrefix, git, hasObject } from "../system/git";
import { UserError } from "../system/user-error";
import { short, type Release } from "./choose-update";

/** Refuses a release whose commit, or whose file of the stack, this clone does not have. */
export async function requireInClone(projectRoot: string, { commit, version }: Release, stackName: string): Promise<void> {
  const prefix = await findPrefix(projectRoot);
  const of = `Commit ${short(commit)} (version ${version} of stack "${stackName}")`;
  if (!(await hasObject(projectRoot, `${commit}^{commit}`))) {
    const isShallow = (await git(projectRoot, ["rev-parse", "--is-shallow-repository"])) === "true";
    const how = isShallow ? "git fetch --unshallow" : `git fetch origin ${commit}`;
    throw new UserError(`${of} is not in this clone. Nothing was changed; fetch it and try again: ${how}`);
  }
  const file = `Pulumi.${stackName}.yaml`;
  if (!(await hasObject(projectRoot, `${commit}:${prefix}${file}`)))
    throw new UserError(`${of} has no ${file}: the settings of that deployment are not known. Nothing was changed.`);
}
