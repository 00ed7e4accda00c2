// node convert.mjs data/buildings.geojson OUT
// The harness's town as files that `prep build` reads: OUT/pand.geojson, and OUT/vbo.geojson with a dwelling in each
// building that is no shed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const [from, out] = process.argv.slice(2);
const FIRST_PAND = 307_100_000_000_000;
const FIRST_VBO = 307_010_000_000_000;
// The harness's class of sheds.
const SHED = 7;
const id = (n) => String(n).padStart(16, "0");
const feature = (properties, geometry) => ({ type: "Feature", properties, geometry });
const collection = (features) => JSON.stringify({ type: "FeatureCollection", features });

const { features } = JSON.parse(readFileSync(from, "utf8"));
const panden = features.map(({ properties: p, geometry }) =>
  feature({ identificatie: id(FIRST_PAND + p.id), bouwjaar: p.build_year, hoogte_m: p.height }, geometry));
const homes = features.filter(({ properties }) => properties.category !== SHED);
const dwellings = homes.map(({ properties: p, geometry }) => {
  const corners = geometry.coordinates[0].slice(1);
  const middle = [0, 1].map((k) => corners.reduce((sum, c) => sum + c[k], 0) / corners.length);
  const street = Math.floor(p.id / 90);
  const address = { huisnummer: (p.id % 90) + 1, openbare_ruimte: `Straat ${street}`, postcode: `${1000 + street}AB`, woonplaats: "Peerstad" };
  return feature(
    { identificatie: id(FIRST_VBO + p.id), pand_id: id(FIRST_PAND + p.id), gebruiksdoel: "woonfunctie", oppervlakte: 110, ...address },
    { type: "Point", coordinates: middle },
  );
});
mkdirSync(out, { recursive: true });
writeFileSync(`${out}/pand.geojson`, collection(panden));
writeFileSync(`${out}/vbo.geojson`, collection(dwellings));
