// Four shares in one number, and back.

uint packed(vec4 shares) {
    uvec4 bytes = uvec4(clamp(shares, 0.0, 1.0) * 255.0 + 0.5);
    return bytes.x | bytes.y << 8u | bytes.z << 16u | bytes.w << 24u;
}

vec4 unpacked(uint bytes) {
    return vec4(bytes & 255u, bytes >> 8u & 255u, bytes >> 16u & 255u, bytes >> 24u) / 255.0;
}
