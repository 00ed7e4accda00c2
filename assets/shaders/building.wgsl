// Panden and their edges: the colour of a category from the table, times the shade of the face, and from nearby its
// pattern on the roof.

#import bevy_pbr::mesh_bindings::mesh
#import bevy_pbr::mesh_view_bindings::view

struct Colours {
    // The last of each is its pattern.
    categories: array<vec4<f32>, 16>,
    haze: vec4<f32>,
    // What a faded pand fades to.
    plain: vec4<f32>,
    hover: vec4<f32>,
    edge: vec4<f32>,
    selected: vec4<f32>,
    marks: vec4<u32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> colours: Colours;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var table: texture_2d<u32>;

struct Corner {
    @builtin(instance_index) instance: u32,
    // East, south, height; then the shade, 255 for a flat roof, and 256 more for walls.
    @location(0) place: vec4<u32>,
    @location(1) pand: u32,
}

struct Seen {
    @builtin(position) position: vec4<f32>,
    // Of the first corner of each triangle, for corners are shared by faces; the last is the darkest that its walls may be
    // at the ground.
    @location(0) @interpolate(flat) colour: vec4<f32>,
    // How dark it is at this corner: where a wall meets the ground, less than 1.
    @location(3) contact: f32,
#ifndef PLAIN
    // Where on the ground, in periods of the pattern; then the periods in a pixel, and how strong the pattern is.
    @location(1) at: vec4<f32>,
    // The pattern; white on a deep colour instead of black: the upper bit.
    @location(2) @interpolate(flat) pattern: u32,
#endif
}

const DEEP: u32 = 16u;
// How dark a wall is where it meets the ground. Colours of categories stay apart down to 0.8, and no face gets darker.
const CONTACT: f32 = 0.93;
const DARKEST: f32 = 0.8;
// Metres from one line of a pattern to the next, and half the width of a line in that.
const PERIOD: f32 = 1.9;
const HALF: f32 = 0.09;
// Metres in a unit on the ground (`geo::UNIT`), and in a unit of height.
const UNITS: vec3<f32> = vec3<f32>(0.105, 0.1, 0.105);

@vertex
fn vertex(corner: Corner) -> Seen {
    // Of the frame of a tile only its corner differs from that of others.
    let tile = mesh[corner.instance].world_from_local;
    let world = vec3<f32>(corner.place.xzy) * UNITS + vec3<f32>(tile[0].w, tile[1].w, tile[2].w);
    // The second of two maps lies to the right or below, and has rows of its own.
    let is_second = view.viewport.x + view.viewport.y > 0.0;
    let row = (corner.pand >> 10u) + select(0u, colours.marks.z, is_second);
    let code = textureLoad(table, vec2<u32>(corner.pand & 1023u, row), 0).r;
    let category = colours.categories[min(code & 127u, 15u)];
    let is_wall = corner.place.w > 255u;
    let shade = f32(corner.place.w & 255u) / 255.0;
    // The upper bit: others stand out, so this one fades into the paper of the map.
    let is_faded = (code & 128u) != 0u;
    var colour = mix(category.rgb, colours.plain.rgb, select(0.0, 0.86, is_faded));
    // The walls of the home on the card; its roof keeps the colour that says something.
    if corner.pand == colours.marks.y && is_wall {
        colour = colours.selected.rgb;
    }
    let is_at_ground = corner.place.z == 0u;
    var seen: Seen;
    seen.contact = select(1.0, CONTACT, is_at_ground);
    var darkest = DARKEST / shade;
#ifdef STRAIGHT
    colour *= shade;
    let dark = 0.25;
#else
    // Squared: light is linear here, and the shade is meant as the eye sees it.
    colour *= shade * shade;
    seen.contact *= seen.contact;
    darkest *= darkest;
    let dark = 0.05;
#endif
#ifdef EDGES
    // A dark roof gets a light edge: a dark one would not be seen.
    let is_dark = dot(colour, vec3<f32>(0.2126, 0.7152, 0.0722)) < dark;
    colour = mix(colour, select(colours.edge.rgb, vec3<f32>(1.0), is_dark), colours.edge.w * select(1.0, 0.5, is_dark));
#endif
    if corner.pand == colours.marks.x {
        colour = mix(colour, colours.hover.rgb, colours.hover.w);
    }
    seen.position = view.clip_from_world * vec4<f32>(world, 1.0);
    // Its depth in the picture, metres.
    let far = seen.position.w;
    let heights = far / max(view.world_position.y, 60.0);
    // Looking down there is no haze, and no need to reckon with it.
    if heights > 9.0 {
        colour = mix(colour, colours.haze.rgb, smoothstep(9.0, 40.0, heights));
    }
#ifdef EDGES
    // An edge lies on the roof it belongs to: bring it a hair nearer.
    seen.position.z *= 1.0006;
#endif
    seen.colour = vec4<f32>(colour, darkest);
#ifndef PLAIN
    // Two thirds: the height of the picture at a distance of one, as the camera has it.
    let metres_in_a_pixel = far * 0.6667 / view.viewport.w;
    seen.at = vec4<f32>(world.xz / PERIOD, metres_in_a_pixel / PERIOD, smoothstep(0.34, 0.16, metres_in_a_pixel));
    // A pattern is lighter than a dark colour, whichever side of the roof it is on.
#ifdef STRAIGHT
    let deep = 0.54;
#else
    let deep = 0.25;
#endif
    let is_deep = dot(category.rgb, vec3<f32>(0.2126, 0.7152, 0.0722)) < deep;
    seen.pattern = select(u32(category.w) | select(0u, DEEP, is_deep), 0u, is_wall || is_faded);
#endif
    return seen;
}

fn shaded(seen: Seen) -> vec3<f32> {
    return seen.colour.rgb * max(seen.contact, seen.colour.w);
}

#ifdef PLAIN

@fragment
fn fragment(seen: Seen) -> @location(0) vec4<f32> {
    return vec4<f32>(shaded(seen), 1.0);
}

#else

// How far a place is from the nearest of parallel lines, periods.
fn beside(along: f32) -> f32 {
    return abs(fract(along) - 0.5);
}

// How far a place is from the nearest line or dot of a pattern, periods; far away where there is none.
fn nearest(pattern: u32, at: vec2<f32>) -> f32 {
    let up = (at.x - at.y) * 0.7071;
    let down = (at.x + at.y) * 0.7071;
    switch pattern {
        case 1u: { return length(vec2<f32>(beside(at.x), beside(at.y))) - HALF; }
        case 2u: { return beside(down); }
        case 3u: { return beside(at.y); }
        case 4u: { return beside(at.x); }
        case 5u: { return min(beside(up), beside(down)); }
        default: { return 1.0; }
    }
}

@fragment
fn fragment(seen: Seen) -> @location(0) vec4<f32> {
    var colour = shaded(seen);
    // A pattern that is not seen, and a place beside its lines, keep the colour: most places do.
    if seen.at.w > 0.0 {
        let blur = seen.at.z * 0.7;
        let away = nearest(seen.pattern & 15u, seen.at.xy);
        if away < HALF + blur {
            let line = 1.0 - smoothstep(HALF - blur, HALF + blur, away);
            let is_deep = seen.pattern >= DEEP;
            let ink = select(vec3<f32>(0.0), vec3<f32>(1.0), is_deep);
            colour = mix(colour, ink, line * seen.at.w * select(0.22, 0.1, is_deep));
        }
    }
    return vec4<f32>(colour, 1.0);
}

#endif
