import { testKills } from "./killed";

// The change replaces every object.
testKills("staging");
