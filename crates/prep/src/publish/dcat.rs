//! Metadata by DCAT-AP-NL 3.0, as JSON-LD: a catalog with the record of one dataset and its distributions.

use gasvrij3d::manifest::Download;
use serde_json::{Value, json};

use crate::fault::{Fault, Result};
use crate::publish::rows::Notice;
use crate::publisher::{licence, vocabulary};

/// The metadata of these downloads.
pub fn write(notice: &Notice, downloads: &[Download]) -> Result<Vec<u8>> {
    let words =
        vocabulary().ok_or_else(|| Fault::input("data/uitgave.toml cannot be read. Put it right and build prep."))?;
    let publisher = notice.publisher;
    let base = &publisher.adres;
    let iri = |id: &str| json!({"@id": id});
    let day = |day: &str| json!({"@value": day, "@type": "xsd:date"});
    let nl = |text: String| json!({"@value": text, "@language": "nl"});
    let agent = json!({"@id": publisher.uri, "@type": "foaf:Agent", "foaf:name": nl(publisher.naam.clone())});
    let contact = json!({"@type": "vcard:Organization", "vcard:fn": publisher.naam,
        "vcard:hasEmail": iri(&format!("mailto:{}", publisher.email))});
    let dataset = format!("{base}#dataset");
    let distributions: Vec<Value> = downloads
        .iter()
        .map(|download| {
            let address = format!("{base}{}", download.file.file);
            json!({
                "@id": format!("{base}#{}", download.file.file),
                "@type": "dcat:Distribution",
                "dct:title": nl(download.title.clone()),
                "dct:license": iri(licence(&download.licence).unwrap_or_default()),
                "dcat:accessURL": iri(&address),
                "dcat:downloadURL": iri(&address),
                "dcat:mediaType": iri(&format!("http://www.iana.org/assignments/media-types/{}", download.media_type)),
                "dct:format": iri(words.bestandstypen.get(&download.media_type).map_or("", String::as_str)),
                "dcat:byteSize": {"@value": download.file.bytes.to_string(), "@type": "xsd:nonNegativeInteger"},
                "spdx:checksum": {"@type": "spdx:Checksum",
                    "spdx:algorithm": iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
                    "spdx:checksumValue": {"@value": download.file.sha256, "@type": "xsd:hexBinary"}},
                "dct:modified": day(&publisher.datum),
            })
        })
        .collect();
    let themes: Vec<Value> = words.themas.iter().map(|theme| iri(theme)).collect();
    let catalog = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "owl": "http://www.w3.org/2002/07/owl#",
            "spdx": "http://spdx.org/rdf/terms#",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": format!("{base}#catalog"),
        "@type": "dcat:Catalog",
        "dct:title": nl(format!("Open data van Gasvrij3D {}", notice.town.name)),
        "dct:description": nl("De downloads bij de kaart van aardgasvrije opties per woning.".to_owned()),
        "dct:publisher": agent,
        "dcat:contactPoint": contact,
        "dct:language": iri(&words.taal),
        "dct:license": iri(licence(&publisher.licentie).unwrap_or_default()),
        "dct:modified": day(&publisher.datum),
        "foaf:homepage": iri(base),
        "dcat:record": {
            "@id": format!("{base}#record"),
            "@type": "dcat:CatalogRecord",
            "foaf:primaryTopic": iri(&dataset),
            "dct:language": iri(&words.taal),
            "dct:modified": day(&publisher.datum),
        },
        "dcat:dataset": {
            "@id": dataset,
            "@type": "dcat:Dataset",
            "dct:title": nl(notice.title()),
            "dct:description": nl(notice.text()),
            "dct:identifier": dataset,
            "dct:accessRights": iri(&words.toegang),
            "dct:publisher": agent,
            "dct:creator": agent,
            "dcat:contactPoint": contact,
            "dcat:theme": themes,
            "dct:language": iri(&words.taal),
            "dct:modified": day(&publisher.datum),
            "dcat:version": notice.version,
            "dcat:landingPage": iri(base),
            "dcat:distribution": distributions,
        },
    });
    serde_json::to_vec_pretty(&catalog).map_err(|e| Fault::input(format!("the metadata cannot be made: {e}.")))
}
