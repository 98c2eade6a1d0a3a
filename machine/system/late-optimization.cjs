// Lets V8 wait before it optimizes a function. A command is over within a second or two: what its optimizing compiler takes,
// beside it, is more than what it saves, a third of all processor time. Long work gets its optimized code a moment later.
// Node 24 has a compiler between the two, and waits by itself.
const { setFlagsFromString } = require("node:v8");

const flags = { 20: "--interrupt-budget=500000", 22: "--invocation-count-for-turbofan=30000" };
const flag = flags[process.versions.node.split(".")[0]];
if (flag) setFlagsFromString(flag);
