// Looks at an unpacked image: what it says of itself. Writes what its layers are, and what it starts, for whoever runs it.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const json = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));
const blob = (descriptor) => join("blobs", ...descriptor.digest.split(":"));

const index = json("index.json");
assert.equal(index.manifests.length, 1);
const manifest = json(blob(index.manifests[0]));
const { architecture, os, created, config } = json(blob(manifest.config));

assert.equal(os, "linux");
assert.equal(architecture, { x64: "amd64" }[process.arch] ?? process.arch);
assert.equal(manifest.mediaType ?? "application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.manifest.v1+json");
assert.equal(config.User, "65532:65532", "it is not root");
assert.deepEqual(config.Cmd, ["serve"]);
assert.deepEqual(Object.keys(config.ExposedPorts), ["8080/tcp"]);
assert.ok(config.Entrypoint[0].startsWith("/opt/voicebus/runtime/"), "no shell is needed");
assert.ok(config.Entrypoint.includes("-XX:MaxRAMPercentage=50"), "the heap goes by the container's memory");
assert.ok(config.Entrypoint.includes("-XX:+ExitOnOutOfMemoryError"));
assert.ok(config.Env.includes("LC_ALL=C.UTF-8"), "arguments are read as UTF-8");
assert.deepEqual(config.Env.filter((variable) => /KEY|TOKEN|SECRET/.test(variable)), [], "no secret is in it");
const labels = config.Labels;
assert.equal(labels["org.opencontainers.image.licenses"], "Apache-2.0");
assert.match(labels["org.opencontainers.image.version"], /^\d+\.\d+\.\d+/);
assert.match(created, /^20\d\d-\d\d-\d\dT00:00:00Z$/, "its time is that of the sources");
assert.ok(manifest.layers.length >= 3, "the C library, Java, and what changes with each version");

writeFileSync(join(folder, "layers"), manifest.layers.map((layer) => join(folder, blob(layer)) + "\n").join(""));
writeFileSync(join(folder, "entrypoint"), config.Entrypoint.join("\n") + "\n");
