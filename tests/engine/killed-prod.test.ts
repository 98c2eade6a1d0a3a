import { testKills } from "./killed";

// The change alters, adds and removes some objects.
testKills("prod");
