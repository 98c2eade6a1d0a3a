const pieces = (
  "\0 \n \r\n \t \uFEFF \u200D 👩‍💻 { } [ ] ( ) < > \" ' ` ``` ~~~ --- +++ # ## - 1. * ** | & \\ / : :: = == =~ $ ${ {{ }} ! % , . ; @ ? " +
  "NaN +Inf 1e999 -1 0x 9999999999999999999999 5m 1h30m offset by without on ignoring group_left sum rate le null true ~ !!binary <<: *a &a " +
  '<a id="x"> </h2> <h2> <!-- --> [x](y) ![x](y.png) [x][y] panel= query= \uD800'
).split(" ");

/** The text with one to four random changes: pieces left out, doubled, moved, or put in. */
export function mutate(text: string, random: () => number): string {
  let mutated = text;
  for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) {
    const at = Math.floor(random() * (mutated.length + 1));
    const end = Math.min(mutated.length, at + 1 + Math.floor(random() * 20));
    const part = mutated.slice(at, end);
    const elsewhere = Math.floor(random() * (mutated.length + 1));
    switch (Math.floor(random() * 5)) {
      case 0:
        mutated = mutated.slice(0, at) + mutated.slice(end);
        break;
      case 1:
        mutated = mutated.slice(0, at) + part.repeat(1 + Math.floor(random() * 50)) + mutated.slice(end);
        break;
      case 2:
        mutated = mutated.slice(0, elsewhere) + part + mutated.slice(elsewhere);
        break;
      case 3:
        mutated = mutated.slice(0, at);
        break;
      default:
        mutated = mutated.slice(0, at) + (pieces[Math.floor(random() * pieces.length)] ?? "") + mutated.slice(at);
    }
  }
  return mutated;
}
