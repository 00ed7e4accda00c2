// What lies on the ground, the land around the town and the outline of a house; with `LINE` a line that is no layer of the map,
// with `TINT` a tint, through which the ground below is seen.

// The last of the place: the surface, and above it how strongly it covers the bare ground.

out vec4 blended;

const float CENTIMETRE = 0.01;

void main() {
    vec3 city = in_city(CENTIMETRE);
    gl_Position = clip_from_city * vec4(city, 1.0);
    vec4 surface = surfaces[min(place.w & 255u, 47u)];
    float strength = float(place.w >> 8u) / 255.0;
    float away = distance(city, eye.xyz);
#ifdef TINT
    blended = vec4(mix(surface.rgb, haze.rgb, haze_at(away)), strength);
#else
    blended = vec4(mix(mix(bare.rgb, surface.rgb, strength), haze.rgb, haze_at(away)), 1.0);
#ifndef LINE
    // All corners in one place out of sight: nothing is drawn.
    if (surface.w == 0.0) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
#endif
#endif
}
