// Panden and their edges: the colour of a category from the table, times the shade of the face. `NEAR` has the patterns of
// roofs, `EDGE` is for lines along them.

// The last of the place: the shade, 255 for a flat roof, and 256 more for walls.
layout(location = 1) in uint pand;

// For each pand its category.
uniform highp usampler2D table;

// Of the first corner of each triangle, for corners are shared by faces; the last is the darkest that its walls may be at the
// ground.
flat out vec4 colour;
// How dark it is at this corner: where a wall meets the ground, less than 1.
out float contact;
#ifdef NEAR
// Where on the ground, in periods of the pattern; then the periods in a pixel, and how strong the pattern is.
out vec4 at;
// The pattern; white on a deep colour instead of black: the upper bit.
flat out uint pattern;
#endif

const vec3 LUMINANCE = vec3(0.2126, 0.7152, 0.0722);
const uint DEEP = 16u;
const float DECIMETRE = 0.1;
// How dark a wall is where it meets the ground. Colours of categories stay apart down to 0.8, and no face gets darker.
const float CONTACT = 0.93;
const float DARKEST = 0.8;
// Metres from one line of a pattern to the next.
const float PERIOD = 1.9;
// The height of the picture at a distance of one, as the camera has it.
const float HEIGHT_AT_ONE = 0.6667;

void main() {
    vec3 city = in_city(DECIMETRE);
    gl_Position = clip_from_city * vec4(city, 1.0);
    uint row = (pand >> 10u) + (eye.w > 0.5 ? marks.z : 0u);
    uint code = texelFetch(table, ivec2(pand & 1023u, row), 0).r;
    vec4 category = categories[min(code & 127u, 15u)];
    bool is_wall = place.w > 255u;
    float shade = float(place.w & 255u) / 255.0;
    // The upper bit: others stand out, so this one fades into the paper of the map.
    bool is_faded = (code & 128u) != 0u;
    vec3 face = is_faded ? mix(category.rgb, plain.rgb, 0.86) : category.rgb;
    // The walls of the home on the card; its roof keeps the colour that says something.
    if (pand == marks.y && is_wall) face = selected.rgb;
    face *= shade;
#ifdef EDGE
    // A dark roof gets a light edge: a dark one would not be seen.
    bool is_dark = dot(face, LUMINANCE) < 0.25;
    face = mix(face, is_dark ? vec3(1.0) : edge.rgb, is_dark ? edge.w * 0.5 : edge.w);
#endif
    if (pand == marks.x) face = mix(face, hover.rgb, hover.w);
    // Its depth in the picture, metres.
    float far = gl_Position.w;
    colour = vec4(hazed(face, far), DARKEST / shade);
#ifdef EDGE
    colour.w = 1.0;
    contact = 1.0;
    // It lies on the roof it belongs to: a hair nearer, in a depth from -far (endlessly far) to far (at the eye).
    gl_Position.z += (gl_Position.z + far) * 0.0006;
#else
    contact = place.z == 0u ? CONTACT : 1.0;
#endif
#ifdef NEAR
    float metres_in_a_pixel = far * HEIGHT_AT_ONE / pixels.y;
    at = vec4(city.xz / PERIOD, metres_in_a_pixel / PERIOD, smoothstep(0.34, 0.16, metres_in_a_pixel));
    // A pattern is lighter than a dark colour, whichever side of the roof it is on.
    bool is_deep = dot(category.rgb, LUMINANCE) < 0.54;
    pattern = is_wall || is_faded ? 0u : uint(category.w) | (is_deep ? DEEP : 0u);
#endif
}
