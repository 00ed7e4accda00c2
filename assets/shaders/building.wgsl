// Panden and their edges: the colour of a category from the table, times the shade of the wall.

#import bevy_pbr::mesh_functions::get_world_from_local
#import bevy_pbr::mesh_view_bindings::view

struct Colours {
    categories: array<vec4<f32>, 16>,
    haze: vec4<f32>,
    // What a faded pand fades to.
    plain: vec4<f32>,
    hover: vec4<f32>,
    edge: vec4<f32>,
    marks: vec4<u32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> colours: Colours;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var table: texture_2d<u32>;

struct Corner {
    @builtin(instance_index) instance: u32,
    // East, south, height; then the shade, 255 for a roof.
    @location(0) place: vec4<u32>,
    @location(1) pand: u32,
}

struct Seen {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec3<f32>,
}

@vertex
fn vertex(corner: Corner) -> Seen {
    let local = vec4<f32>(vec3<f32>(corner.place.xzy), 1.0);
    let world = get_world_from_local(corner.instance) * local;
    let code = textureLoad(table, vec2<u32>(corner.pand & 1023u, corner.pand >> 10u), 0).r;
    let shade = f32(corner.place.w) / 255.0;
    // Squared: light is linear here, and the shade is meant as the eye sees it.
    // The upper bit: others stand out, so this one fades into the paper of the map.
    let faded = select(0.0, 0.86, (code & 128u) != 0u);
    var colour = mix(colours.categories[min(code & 127u, 15u)].rgb, colours.plain.rgb, faded) * shade * shade;
    // A dark roof gets a light edge: a dark one would not be seen.
    let is_dark = dot(colour, vec3<f32>(0.2126, 0.7152, 0.0722)) < 0.05;
    colour = mix(colour, select(colours.edge.rgb, vec3<f32>(1.0), is_dark), colours.edge.w * select(1.0, 0.5, is_dark));
    if corner.pand == colours.marks.x {
        colour = mix(colour, colours.hover.rgb, colours.hover.w);
    }
    let away = distance(world.xyz, view.world_position) / max(view.world_position.y, 60.0);
    colour = mix(colour, colours.haze.rgb, smoothstep(9.0, 40.0, away));

    var seen: Seen;
    seen.position = view.clip_from_world * world;
    // An edge lies on the roof it belongs to: bring it a hair nearer.
    seen.position.z *= select(1.0, 1.0006, colours.edge.w > 0.0);
    seen.colour = colour;
    return seen;
}

@fragment
fn fragment(seen: Seen) -> @location(0) vec4<f32> {
    return vec4<f32>(seen.colour, 1.0);
}
