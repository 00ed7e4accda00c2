// What all shaders know.

precision highp float;
precision highp int;

layout(std140) uniform View {
    mat4 clip_from_city;
    // Where the eye is, metres; the last is 1 on the second of two maps.
    vec4 eye;
    // Pixels of the map, across and down.
    vec4 pixels;
};

// Colours are as the screen shows them (sRGB).
layout(std140) uniform Colours {
    // The last of each is 0 where the surface is left out.
    vec4 surfaces[48];
    // What is far fades to this.
    vec4 haze;
    // The last of it: how strong it is.
    vec4 edge;
    vec4 selected;
    vec4 bare;
    // The pand on the card; then the rows of the table before those of the second map.
    uvec4 marks;
};

// How much haze there is so many metres away.
float haze_at(float metres) {
    // Heights of the eye from which there is haze, and from which there is nothing else.
    float heights = metres / max(eye.y, 60.0);
    // Looking down there is no haze, and no need to reckon with it.
    return heights <= 9.0 ? 0.0 : smoothstep(9.0, 40.0, heights);
}

// The place of a pand in the table of colours.
ivec2 in_table(uint pand) {
    uint row = (pand >> 10u) + (eye.w > 0.5 ? marks.y : 0u);
    return ivec2(pand & 1023u, row);
}

// The edge of a roof of this colour: a dark one gets a light edge, for a dark one would not be seen.
vec3 edged(vec3 roof) {
    bool is_dark = dot(roof, vec3(0.2126, 0.7152, 0.0722)) < 0.25;
    return mix(roof, is_dark ? vec3(1.0) : edge.rgb, is_dark ? edge.w * 0.5 : edge.w);
}
