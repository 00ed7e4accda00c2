// What lies on the ground, the land around the town, and the outline of a house.

#import bevy_pbr::mesh_functions::get_world_from_local
#import bevy_pbr::mesh_view_bindings::view

struct Colours {
    surfaces: array<vec4<f32>, 48>,
    bare: vec4<f32>,
    haze: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> colours: Colours;

struct Corner {
    @builtin(instance_index) instance: u32,
    // East, south, height; then the surface, and above it how strongly it covers the bare ground.
    @location(0) place: vec4<u32>,
}

struct Seen {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec3<f32>,
}

@vertex
fn vertex(corner: Corner) -> Seen {
    let local = vec4<f32>(vec3<f32>(corner.place.xzy), 1.0);
    let world = get_world_from_local(corner.instance) * local;
    let surface = colours.surfaces[min(corner.place.w & 255u, 47u)].rgb;
    var colour = mix(colours.bare.rgb, surface, f32(corner.place.w >> 8u) / 255.0);
    let away = distance(world.xyz, view.world_position) / max(view.world_position.y, 60.0);
    colour = mix(colour, colours.haze.rgb, smoothstep(9.0, 40.0, away));

    var seen: Seen;
    seen.position = view.clip_from_world * world;
    seen.colour = colour;
    return seen;
}

@fragment
fn fragment(seen: Seen) -> @location(0) vec4<f32> {
    return vec4<f32>(seen.colour, 1.0);
}
