# What `cmake --install` puts where: libptop (one archive of all rooms, headers, CMake package, pkg-config file),
# man pages, completions, schemas. The programs install themselves.
include(CMakePackageConfigHelpers)

get_property(rooms GLOBAL PROPERTY PTOP_ROOMS)
get_property(room_libraries GLOBAL PROPERTY PTOP_ROOM_LIBRARIES)
list(REMOVE_DUPLICATES room_libraries)

# The rooms stay separate targets, so that the linker checks the arrows between them; users get one library.
set(room_objects)
foreach(room IN LISTS rooms)
  list(APPEND room_objects $<TARGET_OBJECTS:${room}>)
endforeach()
add_library(ptop_library STATIC ${room_objects})
set_target_properties(ptop_library PROPERTIES OUTPUT_NAME ptop EXPORT_NAME ptop LINKER_LANGUAGE CXX)
target_compile_features(ptop_library INTERFACE cxx_std_20)
target_include_directories(ptop_library INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_link_libraries(ptop_library INTERFACE ${room_libraries} re2)   # by name: re2 has no CMake package here
add_library(ptop::ptop ALIAS ptop_library)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ptop)
configure_package_config_file(cmake/ptop-config.cmake.in ${PROJECT_BINARY_DIR}/ptop-config.cmake
  INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/ptop-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH pc_prefix /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)   # wherever --prefix puts it
configure_file(cmake/ptop.pc.in ${PROJECT_BINARY_DIR}/ptop.pc @ONLY)

install(TARGETS ptop_library EXPORT ptop-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT ptop-targets NAMESPACE ptop:: DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/ptop-config.cmake ${PROJECT_BINARY_DIR}/ptop-config-version.cmake
  DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/ptop.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY include/ptop DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.hpp")

install(FILES man/ptop.1 man/ptrace-fork.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(DIRECTORY schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/ptop/schemas FILES_MATCHING PATTERN "*.json")
foreach(program ptop ptrace-fork)
  install(FILES completions/bash/${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES completions/zsh/_${program} DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES completions/fish/${program}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endforeach()
