// The colour of a face, darker where a wall meets the ground; with `NEAR` the pattern of its roof; with `STORED` what the colour is
// made of.

flat in float darkest;
in float contact;
#ifdef STORED
flat in uint whose;
flat in vec4 made_of;
layout(location = 0) out uvec2 kept;
#else
flat in vec3 colour;
layout(location = 0) out vec4 painted;
#endif
#ifdef NEAR
in vec4 at;
flat in uint pattern;

// Half the width of a line, periods.
const float HALF = 0.09;

// How far a place is from the nearest of parallel lines, periods.
float beside(float along) {
    return abs(fract(along) - 0.5);
}

// How far a place is from the nearest line or dot of a pattern, periods; far away where there is none.
float nearest(uint kind, vec2 place) {
    float up = (place.x - place.y) * 0.7071;
    float down = (place.x + place.y) * 0.7071;
    switch (kind) {
        case 1u: return length(vec2(beside(place.x), beside(place.y))) - HALF;
        case 2u: return beside(down);
        case 3u: return beside(place.y);
        case 4u: return beside(place.x);
        case 5u: return min(beside(up), beside(down));
        default: return 1.0;
    }
}
#endif

void main() {
#ifdef STORED
    vec4 shaded = made_of * max(contact, darkest);
    kept = uvec2(whose, packed(shaded));
#else
    vec3 shaded = colour * max(contact, darkest);
#ifdef NEAR
    // A pattern that is not seen, and a place beside its lines, keep the colour: most places do.
    if (at.w > 0.0) {
        float blur = at.z * 0.7;
        float away = nearest(pattern & 15u, at.xy);
        if (away < HALF + blur) {
            float line = 1.0 - smoothstep(HALF - blur, HALF + blur, away);
            bool is_deep = pattern >= 16u;
            shaded = mix(shaded, vec3(is_deep ? 1.0 : 0.0), line * at.w * (is_deep ? 0.1 : 0.22));
        }
    }
#endif
    painted = vec4(shaded, 1.0);
#endif
}
