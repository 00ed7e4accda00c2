// What lies on the ground, the land around the town, what others lay over it, and the outline of a house.

struct GroundCorner {
    // East, south, height; then the surface, and above it how strongly it covers the bare ground.
    @location(0) place: vec4<u32>,
}

struct Ground {
    @builtin(position) position: vec4<f32>,
    @location(0) colour: vec4<f32>,
}

fn lying(corner: GroundCorner) -> vec3<f32> {
    return frame.offset.xyz + vec3<f32>(corner.place.xzy) * frame.unit.xzx;
}

fn surface_of(corner: GroundCorner) -> vec4<f32> {
    return colours.surfaces[min(corner.place.w & 255u, 47u)];
}

fn strength_of(corner: GroundCorner) -> f32 {
    return f32(corner.place.w >> 8u) / 255.0;
}

fn covering(corner: GroundCorner) -> Ground {
    let world = lying(corner);
    let colour = mix(colours.bare.rgb, surface_of(corner).rgb, strength_of(corner));
    var seen: Ground;
    seen.position = view.clip_from_world * vec4<f32>(world, 1.0);
    seen.colour = vec4<f32>(hazed(colour, distance(world, view.eye.xyz)), 1.0);
    return seen;
}

@vertex
fn vertex_ground(corner: GroundCorner) -> Ground {
    var seen = covering(corner);
    // All corners in one place out of sight: nothing is drawn.
    seen.position = select(vec4<f32>(2.0, 2.0, 2.0, 1.0), seen.position, surface_of(corner).w > 0.0);
    return seen;
}

// Lines that are no layer of the map.
@vertex
fn vertex_line(corner: GroundCorner) -> Ground {
    return covering(corner);
}

// A tint, through which the ground below is seen.
@vertex
fn vertex_tint(corner: GroundCorner) -> Ground {
    let world = lying(corner);
    var seen: Ground;
    seen.position = view.clip_from_world * vec4<f32>(world, 1.0);
    let colour = hazed(surface_of(corner).rgb, distance(world, view.eye.xyz));
    seen.colour = vec4<f32>(colour, strength_of(corner));
    return seen;
}

@fragment
fn fragment_ground(seen: Ground) -> @location(0) vec4<f32> {
    return seen.colour;
}
