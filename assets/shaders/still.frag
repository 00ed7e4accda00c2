// The colour of each pixel from what was kept of it: whose pand it is, how much of that one's colour is seen, and what is added.
// With `DEEP` also how far it lies away, for what is drawn over it.

uniform highp sampler2D table;
uniform highp usampler2D kept;
#ifdef DEEP
uniform highp sampler2D depths;
#endif

layout(location = 0) out vec4 painted;

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    uvec2 pixel = texelFetch(kept, at, 0).rg;
    vec4 made_of = unpacked(pixel.y);
    vec3 own = texelFetch(table, in_table(pixel.x & 0x7fffffffu), 0).rgb;
    if (pixel.x >= 0x80000000u) own = edged(own);
    painted = vec4(own * made_of.x + made_of.yzw, 1.0);
#ifdef DEEP
    gl_FragDepth = texelFetch(depths, at, 0).r;
#endif
}
