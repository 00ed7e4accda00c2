// What the shaders of buildings and ground share. The three files are one module.

struct View {
    clip_from_world: mat4x4<f32>,
    // Where the eye is, metres; the last is 1 on the second of two maps.
    eye: vec4<f32>,
    // Pixels of the map, across and down.
    pixels: vec4<f32>,
}

// Colours are as the screen shows them (sRGB).
struct Colours {
    // The last of each is its pattern.
    categories: array<vec4<f32>, 16>,
    // The last of each is 0 where the surface is left out.
    surfaces: array<vec4<f32>, 48>,
    // What is far fades to this.
    haze: vec4<f32>,
    // What a faded pand fades to.
    plain: vec4<f32>,
    // The last of these two: how strong it is.
    hover: vec4<f32>,
    edge: vec4<f32>,
    selected: vec4<f32>,
    bare: vec4<f32>,
    // The pand under the pointer, and the one on the card; then the rows of the table before those of the second map.
    marks: vec4<u32>,
}

// How the corners of a piece lie in the city.
struct Frame {
    // Of unit 0, metres from the city's origin: east, height, south.
    offset: vec4<f32>,
    // Metres in a unit: on the ground, in the height of buildings, and in the height of what lies on the ground.
    unit: vec4<f32>,
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<uniform> colours: Colours;
// For each pand its category.
@group(0) @binding(2) var table: texture_2d<u32>;
@group(1) @binding(0) var<uniform> frame: Frame;

// Heights of the eye from which there is haze, and from which there is nothing else.
fn hazed(colour: vec3<f32>, metres: f32) -> vec3<f32> {
    let heights = metres / max(view.eye.y, 60.0);
    // Looking down there is no haze, and no need to reckon with it.
    if heights <= 9.0 {
        return colour;
    }
    return mix(colour, colours.haze.rgb, smoothstep(9.0, 40.0, heights));
}
