// Where a corner of a piece is.

// Where unit 0 of the piece is, metres from the city's origin: east, height, south; then metres in a unit on the ground.
uniform vec4 frame;

// East, south, height; the last says how it looks.
layout(location = 0) in uvec4 place;

vec3 in_city(float metres_in_a_unit_of_height) {
    return frame.xyz + vec3(place.xzy) * vec3(frame.w, metres_in_a_unit_of_height, frame.w);
}
