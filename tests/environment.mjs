import { TestEnvironment } from "jest-environment-node";

// A worker would go on with its file, and with the servers and engines of that, when Jest itself has been killed.
process.once("disconnect", () => process.exit(1));

/** Node as Jest has it, where a test file hears that its process ends: what it has started can end with it. */
export default class Environment extends TestEnvironment {
  #end = () => this.global.process.emit("exit");

  async setup() {
    await super.setup();
    process.once("exit", this.#end);
  }

  async teardown() {
    process.off("exit", this.#end);
    await super.teardown();
  }
}
