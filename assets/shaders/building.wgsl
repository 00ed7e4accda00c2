// Panden and their edges: the colour of a category from the table, times the shade of the face, and from nearby its
// pattern on the roof.

struct PandCorner {
    // East, south, height; then the shade, 255 for a flat roof, and 256 more for walls.
    @location(0) place: vec4<u32>,
    @location(1) pand: u32,
}

// From further than patterns are seen.
struct Far {
    @builtin(position) position: vec4<f32>,
    // Of the first corner of each triangle, for corners are shared by faces; the last is the darkest that its walls may be
    // at the ground.
    @location(0) @interpolate(flat) colour: vec4<f32>,
    // How dark it is at this corner: where a wall meets the ground, less than 1.
    @location(1) contact: f32,
}

struct Near {
    @builtin(position) position: vec4<f32>,
    @location(0) @interpolate(flat) colour: vec4<f32>,
    @location(1) contact: f32,
    // Where on the ground, in periods of the pattern; then the periods in a pixel, and how strong the pattern is.
    @location(2) at: vec4<f32>,
    // The pattern; white on a deep colour instead of black: the upper bit.
    @location(3) @interpolate(flat) pattern: u32,
}

const DEEP: u32 = 16u;
const LUMINANCE: vec3<f32> = vec3<f32>(0.2126, 0.7152, 0.0722);
// How dark a wall is where it meets the ground. Colours of categories stay apart down to 0.8, and no face gets darker.
const CONTACT: f32 = 0.93;
const DARKEST: f32 = 0.8;
// Metres from one line of a pattern to the next, and half the width of a line in that.
const PERIOD: f32 = 1.9;
const HALF: f32 = 0.09;
// The height of the picture at a distance of one, as the camera has it.
const HEIGHT_AT_ONE: f32 = 0.6667;

fn in_city(corner: PandCorner) -> vec3<f32> {
    return frame.offset.xyz + vec3<f32>(corner.place.xzy) * frame.unit.xyx;
}

// The byte of a pand in the table.
fn code_of(pand: u32) -> u32 {
    let row = (pand >> 10u) + select(0u, colours.marks.z, view.eye.w > 0.5);
    return textureLoad(table, vec2<u32>(pand & 1023u, row), 0).r;
}

fn category_of(code: u32) -> vec4<f32> {
    return colours.categories[min(code & 127u, 15u)];
}

// The upper bit: others stand out, so this one fades into the paper of the map.
fn is_faded(code: u32) -> bool {
    return (code & 128u) != 0u;
}

fn is_wall(corner: PandCorner) -> bool {
    return corner.place.w > 255u;
}

fn shade_of(corner: PandCorner) -> f32 {
    return f32(corner.place.w & 255u) / 255.0;
}

// The colour of a face, or of the face that an edge belongs to.
fn face(corner: PandCorner, code: u32) -> vec3<f32> {
    var colour = mix(category_of(code).rgb, colours.plain.rgb, select(0.0, 0.86, is_faded(code)));
    // The walls of the home on the card; its roof keeps the colour that says something.
    if corner.pand == colours.marks.y && is_wall(corner) {
        colour = colours.selected.rgb;
    }
    return colour * shade_of(corner);
}

fn pointed_at(colour: vec3<f32>, pand: u32) -> vec3<f32> {
    return mix(colour, colours.hover.rgb, select(0.0, colours.hover.w, pand == colours.marks.x));
}

fn contact_at(corner: PandCorner) -> f32 {
    return select(1.0, CONTACT, corner.place.z == 0u);
}

@vertex
fn vertex_far(corner: PandCorner) -> Far {
    var seen: Far;
    seen.position = view.clip_from_world * vec4<f32>(in_city(corner), 1.0);
    let colour = pointed_at(face(corner, code_of(corner.pand)), corner.pand);
    seen.colour = vec4<f32>(hazed(colour, seen.position.w), DARKEST / shade_of(corner));
    seen.contact = contact_at(corner);
    return seen;
}

@vertex
fn vertex_edge(corner: PandCorner) -> Far {
    var seen: Far;
    seen.position = view.clip_from_world * vec4<f32>(in_city(corner), 1.0);
    var colour = face(corner, code_of(corner.pand));
    // A dark roof gets a light edge: a dark one would not be seen.
    let is_dark = dot(colour, LUMINANCE) < 0.25;
    let ink = select(colours.edge.rgb, vec3<f32>(1.0), is_dark);
    colour = mix(colour, ink, colours.edge.w * select(1.0, 0.5, is_dark));
    seen.colour = vec4<f32>(hazed(pointed_at(colour, corner.pand), seen.position.w), 1.0);
    seen.contact = 1.0;
    // It lies on the roof it belongs to: a hair nearer.
    seen.position.z *= 1.0006;
    return seen;
}

@vertex
fn vertex_near(corner: PandCorner) -> Near {
    let world = in_city(corner);
    let code = code_of(corner.pand);
    var seen: Near;
    seen.position = view.clip_from_world * vec4<f32>(world, 1.0);
    let colour = pointed_at(face(corner, code), corner.pand);
    seen.colour = vec4<f32>(hazed(colour, seen.position.w), DARKEST / shade_of(corner));
    seen.contact = contact_at(corner);
    let metres_in_a_pixel = seen.position.w * HEIGHT_AT_ONE / view.pixels.y;
    seen.at = vec4<f32>(world.xz / PERIOD, metres_in_a_pixel / PERIOD, smoothstep(0.34, 0.16, metres_in_a_pixel));
    // A pattern is lighter than a dark colour, whichever side of the roof it is on.
    let category = category_of(code);
    let is_deep = dot(category.rgb, LUMINANCE) < 0.54;
    let pattern = u32(category.w) | select(0u, DEEP, is_deep);
    seen.pattern = select(pattern, 0u, is_wall(corner) || is_faded(code));
    return seen;
}

fn shaded(colour: vec4<f32>, contact: f32) -> vec3<f32> {
    return colour.rgb * max(contact, colour.w);
}

@fragment
fn fragment_far(seen: Far) -> @location(0) vec4<f32> {
    return vec4<f32>(shaded(seen.colour, seen.contact), 1.0);
}

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
fn fragment_near(seen: Near) -> @location(0) vec4<f32> {
    var colour = shaded(seen.colour, seen.contact);
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
