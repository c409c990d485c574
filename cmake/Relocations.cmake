# A position-independent program has tens of thousands of addresses in its tables. Packed (DT_RELR, glibc 2.36) they take
# 14 KB in place of half a megabyte, all of which would be read at each start. Where the linker or the loader of this
# machine does not know them, nothing changes.
include(CheckCXXSourceRuns)

if(NOT CMAKE_CROSSCOMPILING AND NOT PTOP_SANITIZE)
  set(CMAKE_REQUIRED_LINK_OPTIONS -Wl,--fatal-warnings -Wl,-z,pack-relative-relocs)
  check_cxx_source_runs("int n; int* where = &n; int main() { return *where; }" PTOP_PACKED_RELOCATIONS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(PTOP_PACKED_RELOCATIONS)
    add_link_options(-Wl,-z,pack-relative-relocs)
  endif()
endif()
