// What lies on the ground, the land around the town, and the outline of a house.

#import bevy_pbr::mesh_functions::get_world_from_local
#import bevy_pbr::mesh_view_bindings::view

struct Colours {
    // The last of each is 0 where the surface is left out.
    surfaces: array<vec4<f32>, 48>,
    // The last is 0 for a tint, through which the ground below is seen.
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
    @location(0) colour: vec4<f32>,
}

@vertex
fn vertex(corner: Corner) -> Seen {
    let local = vec4<f32>(vec3<f32>(corner.place.xzy), 1.0);
    let world = get_world_from_local(corner.instance) * local;
    let surface = colours.surfaces[min(corner.place.w & 255u, 47u)];
    let strength = f32(corner.place.w >> 8u) / 255.0;
    var colour = mix(colours.bare.rgb, surface.rgb, mix(1.0, strength, colours.bare.w));
    let away = distance(world.xyz, view.world_position) / max(view.world_position.y, 60.0);
    colour = mix(colour, colours.haze.rgb, smoothstep(9.0, 40.0, away));

    var seen: Seen;
    // All corners in one place out of sight: nothing is drawn.
    seen.position = select(vec4<f32>(2.0, 2.0, 2.0, 1.0), view.clip_from_world * world, surface.w > 0.0);
    seen.colour = vec4<f32>(colour, mix(strength, 1.0, colours.bare.w));
    return seen;
}

@fragment
fn fragment(seen: Seen) -> @location(0) vec4<f32> {
    return seen.colour;
}
