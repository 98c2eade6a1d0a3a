/** 130 columns: messages and queries stay on one line. Markdown is written by people and the generator. */
export default { printWidth: 130 };
