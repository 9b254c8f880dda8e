// Checks compose.yaml and the manifests for Kubernetes against published schemas: types, words, what must be there, and that
// nothing is there which nobody knows. Usage: node check.mjs FOLDER
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parseAllDocuments } from "yaml";

const deploy = process.argv[2];
const mistakes = [];

function documents(path) {
  return parseAllDocuments(readFileSync(`${deploy}/${path}`, "utf8"), { version: "1.1" })
    .map((document) => {
      document.errors.forEach((error) => mistakes.push(`${path}: ${error.message}`));
      return document.toJS();
    });
}

function tell(path, name, errors) {
  for (const error of errors ?? []) {
    mistakes.push(`${path}: ${name}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
}

// The schema of Compose comes with its linter; its own address of JSON Schema is none.
const composeSchema = JSON.parse(readFileSync(new URL("node_modules/dclint/schemas/compose.schema.json", import.meta.url), "utf8"));
delete composeSchema.$schema;
const compose = addFormats(new Ajv({ strict: false, allErrors: true })).compile(composeSchema);
for (const document of documents("compose.yaml")) {
  if (!compose(document)) tell("compose.yaml", "", compose.errors);
}

// Those of Kubernetes are compiled, and let members pass which they do not know. Such a member is one that nobody looks at.
function watched(value, place, unread) {
  if (value === null || typeof value !== "object") return value;
  const seen = new Set();
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, watched(member, `${place}/${key}`, unread)]));
  const target = Array.isArray(value) ? Object.assign([], members) : members;
  unread.push(() => Object.keys(value).filter((key) => !seen.has(key)).map((key) => `${place}/${key}`));
  return new Proxy(target, {
    get: (of, key) => (seen.add(key), of[key]),
    ownKeys: (of) => (Object.keys(of).forEach((key) => seen.add(key)), Reflect.ownKeys(of)),
  });
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);
for (const resource of documents("kubernetes/voicebus.yaml")) {
  const [group, version] = resource.apiVersion.includes("/") ? resource.apiVersion.split("/") : ["core", resource.apiVersion];
  const schema = `IoK8sApi${capital(group.split(".")[0])}${capital(version)}${resource.kind}`;
  const name = `${resource.kind} ${resource.metadata?.name}`;
  const { validate } = await import(`kubernetes-models/_schemas/${schema}`);
  const unread = [];
  if (!validate(watched(resource, "", unread))) tell("voicebus.yaml", name, validate.errors);
  unread.flatMap((find) => find()).forEach((place) => mistakes.push(`voicebus.yaml: ${name}${place} is not known`));
}

mistakes.forEach((mistake) => console.error(mistake));
process.exitCode = mistakes.length > 0 ? 1 : 0;
