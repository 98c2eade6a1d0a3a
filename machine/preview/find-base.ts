import { findPrefix, runGit } from "../system/git";
import { UserError } from "../system/user-error";

/** Where this branch left its base: what the base has got since then is not this branch's change. */
export async function findBase(root: string, base: string): Promise<string> {
  await findPrefix(root);
  const named = await runGit(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`]);
  if (named.code !== 0) {
    const [remote = "", ...branch] = base.split("/");
    const fetch = branch.length > 0 ? `git fetch ${remote} ${branch.join("/")}` : "git fetch --unshallow";
    throw new UserError(`This clone has no commit "${base}". Fetch it (${fetch}), or name another with --base.`);
  }
  const shared = await runGit(root, ["merge-base", named.printed, "HEAD"]);
  return shared.code === 0 ? shared.printed : named.printed;
}
