// What the vertex shaders of buildings and ground share.

layout(std140) uniform View {
    mat4 clip_from_city;
    // Where the eye is, metres; the last is 1 on the second of two maps.
    vec4 eye;
    // Pixels of the map, across and down.
    vec4 pixels;
};

// Colours are as the screen shows them (sRGB).
layout(std140) uniform Colours {
    // The last of each is its pattern.
    vec4 categories[16];
    // The last of each is 0 where the surface is left out.
    vec4 surfaces[48];
    // What is far fades to this.
    vec4 haze;
    // What a faded pand fades to.
    vec4 plain;
    // The last of these two: how strong it is.
    vec4 hover;
    vec4 edge;
    vec4 selected;
    vec4 bare;
    // The pand under the pointer, and the one on the card; then the rows of the table before those of the second map.
    uvec4 marks;
};

// Where unit 0 of the piece is, metres from the city's origin: east, height, south; then metres in a unit on the ground.
uniform vec4 frame;

// East, south, height; the last says how it looks.
layout(location = 0) in uvec4 place;

vec3 in_city(float metres_in_a_unit_of_height) {
    return frame.xyz + vec3(place.xzy) * vec3(frame.w, metres_in_a_unit_of_height, frame.w);
}

// Heights of the eye from which there is haze, and from which there is nothing else.
vec3 hazed(vec3 colour, float metres) {
    float heights = metres / max(eye.y, 60.0);
    // Looking down there is no haze, and no need to reckon with it.
    return heights <= 9.0 ? colour : mix(colour, haze.rgb, smoothstep(9.0, 40.0, heights));
}
