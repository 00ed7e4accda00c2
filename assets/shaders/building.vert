// Panden and their edges: the colour of the pand from the table, times the shade of the face. `NEAR` has the patterns of roofs, `EDGE`
// is for lines along them; `STORED` keeps what the colour is made of instead (`still.frag`).

// The last of the place: the shade, 255 for a flat roof, and 256 more for walls.
layout(location = 1) in uint pand;

#ifdef STORED
// The pand, and the upper bit for an edge.
flat out uint whose;
// How much of its colour is seen, and what is added to that.
flat out vec4 made_of;
#else
// For each pand its colour; the last is the pattern of its roof, and 16 more where it is white.
uniform highp sampler2D table;

// Of the first corner of each triangle, for corners are shared by faces.
flat out vec3 colour;
#endif
// The darkest that its walls may be at the ground.
flat out float darkest;
// How dark it is at this corner: where a wall meets the ground, less than 1.
out float contact;
#ifdef NEAR
// Where on the ground, in periods of the pattern; then the periods in a pixel, and how strong the pattern is.
out vec4 at;
flat out uint pattern;
#endif

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
    bool is_wall = place.w > 255u;
    float shade = float(place.w & 255u) / 255.0;
    // Its depth in the picture, metres.
    float far = gl_Position.w;
    float hidden = haze_at(far);
    // The walls of the home on the card have a colour of their own; its roof keeps the one that says something.
    bool is_own = pand != marks.x || !is_wall;
#ifdef EDGE
    darkest = contact = 1.0;
    // It lies on the roof it belongs to: a hair nearer, in a depth from -far (endlessly far) to far (at the eye).
    gl_Position.z += (gl_Position.z + far) * 0.0006;
#else
    darkest = DARKEST / shade;
    contact = place.z == 0u ? CONTACT : 1.0;
#endif
#ifdef STORED
    whose = pand;
#ifdef EDGE
    whose |= 0x80000000u;
#endif
    float share = shade * (1.0 - hidden);
    made_of = vec4(is_own ? share : 0.0, haze.rgb * hidden + (is_own ? vec3(0.0) : selected.rgb * share));
#else
    vec4 own = texelFetch(table, in_table(pand), 0);
    vec3 face = is_own ? own.rgb : selected.rgb;
#ifdef EDGE
    face = edged(face);
#endif
    colour = mix(face * shade, haze.rgb, hidden);
#endif
#ifdef NEAR
    float metres_in_a_pixel = far * HEIGHT_AT_ONE / pixels.y;
    at = vec4(city.xz / PERIOD, metres_in_a_pixel / PERIOD, smoothstep(0.34, 0.16, metres_in_a_pixel));
    pattern = is_wall ? 0u : uint(own.w * 255.0 + 0.5);
#endif
}
