import { TestEnvironment } from "jest-environment-node";

/**
 * Node as Jest has it, where a test file hears that its process ends: what it has started can end with it. A worker whose
 * Jest was killed ends as well, instead of going on with its file.
 */
export default class Environment extends TestEnvironment {
  #exit = () => this.global.process.emit("exit");
  #disconnect = () => process.exit(1);

  async setup() {
    await super.setup();
    process.once("exit", this.#exit).once("disconnect", this.#disconnect);
  }

  // While anything listens for its end, a worker does not end by itself.
  async teardown() {
    process.off("exit", this.#exit).off("disconnect", this.#disconnect);
    await super.teardown();
  }
}
