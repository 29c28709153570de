# What `cmake --install` puts where, and the Debian package that `cpack` makes of it.
include(GNUInstallDirs)
set(data ${CMAKE_INSTALL_DATADIR})
install(TARGETS chokepoint chokepoint_simulate RUNTIME)
install(DIRECTORY scenarios DESTINATION ${data}/chokepoint)
foreach(folder . models proto sim)
  install(FILES ${folder}/README.md DESTINATION ${data}/chokepoint/${folder})
endforeach()
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

foreach(shell bash zsh fish)
  set(completion ${PROJECT_BINARY_DIR}/completions/${shell})
  list(APPEND completions ${completion})
  add_custom_command(OUTPUT ${completion} DEPENDS chokepoint VERBATIM
    COMMAND chokepoint completion ${shell} > ${completion})
endforeach()
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/completions)
add_custom_target(completions ALL DEPENDS ${completions})
# Each shell looks in a folder of its own.
install(FILES ${PROJECT_BINARY_DIR}/completions/bash
  DESTINATION ${data}/bash-completion/completions RENAME chokepoint)
install(FILES ${PROJECT_BINARY_DIR}/completions/zsh
  DESTINATION ${data}/zsh/vendor-completions RENAME _chokepoint)
install(FILES ${PROJECT_BINARY_DIR}/completions/fish
  DESTINATION ${data}/fish/vendor_completions.d RENAME chokepoint.fish)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "chokepoint <chokepoint@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
