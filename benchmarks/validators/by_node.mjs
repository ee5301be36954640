// Validators that are npm packages. Run by judges.py: `node by_node.mjs NODE_MODULES CHECK FOLDER` prints
// {"files": number, "errors": [text], "warnings": [text]}.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, check, folder] = process.argv.slice(2);
const load = createRequire(path.join(modules, "any.js"));
const read = (file) => fs.readFileSync(path.join(folder, file), "utf8");
const list = (inside, ending) => fs.readdirSync(path.join(folder, inside)).filter((name) => name.endsWith(ending)).sort();
const records = () =>
    fs.readdirSync(folder, { recursive: true }).filter((name) => /^(policies|measures|departments)\/.*\.json$/.test(name));

const checks = {
    // iCalendar, values strict.
    ical() {
        const ICAL = load("ical.js");
        ICAL.design.strict = true;
        const files = list("calendars", ".ics");
        const errors = files.flatMap((file) => {
            const text = read(`calendars/${file}`);
            try {
                const calendar = new ICAL.Component(ICAL.parse(text));
                const events = calendar.getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));
                const wrong = events.filter((event) => !event.uid || !event.startDate.isDate || event.duration.toSeconds() <= 0);
                const long = text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75 || line.includes("\n"));
                return [...wrong.map((event) => `${file}: ${event.uid}`), ...long.map((line) => `${file}: ${line}`)];
            } catch (error) {
                return [`${file}: ${error.message}`];
            }
        });
        return { files: files.length, errors };
    },

    // OpenAPI, against the official schema and the rules that no schema can state.
    async swagger() {
        const Parser = load("@apidevtools/swagger-parser");
        try {
            await Parser.validate(path.join(folder, "openapi.json"));
            return { files: 1, errors: [] };
        } catch (error) {
            return { files: 1, errors: [error.message.split("\n")[0]] };
        }
    },

    // Every JSON against the schema that is published with it, by an implementation other than the project's own.
    ajv() {
        const Ajv = load("ajv/dist/2020").default;
        const ajv = load("ajv-formats").default(new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, logger: false }));
        const errors = [];
        const judge = (file, validate, value) => {
            if (!validate(value)) errors.push(...validate.errors.map((error) => `${file}${error.instancePath}: ${error.message}`));
        };
        const schemas = list("schemas", ".schema.json");
        schemas.forEach((file) => ajv.addSchema(JSON.parse(read(`schemas/${file}`))));
        for (const file of schemas) {
            try {
                ajv.getSchema(file);
            } catch (error) {
                errors.push(`${file}: ${error.message}`);
            }
        }
        const tables = Object.keys(JSON.parse(read("schemas/tables.schema.json")).$defs);
        for (const table of tables) {
            judge(`${table}.json`, ajv.getSchema(`tables.schema.json#/$defs/${table}`), JSON.parse(read(`${table}.json`)));
        }
        const files = ["index.json", ...records()];
        for (const file of files) {
            const record = JSON.parse(read(file));
            judge(file, ajv.getSchema(path.basename(record.links.schema)), record);
        }
        return { files: schemas.length + tables.length + files.length, errors };
    },
};

const { files, errors } = await checks[check]();
console.log(JSON.stringify({ files, errors, warnings: [] }));
