// The colour of the ground, of a line or of a tint; `STORED` keeps it as it is.

in vec4 blended;
#ifdef STORED
layout(location = 0) out uvec2 kept;
#else
layout(location = 0) out vec4 painted;
#endif

void main() {
#ifdef STORED
    kept = uvec2(0u, packed(vec4(0.0, blended.rgb)));
#else
    painted = blended;
#endif
}
