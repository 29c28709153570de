# Makes the page's template in WORK and writes OUTPUT, a source file that holds it; without Node.js or
# its packages one that says what is missing. Never fails for want of them.
file(MAKE_DIRECTORY ${WORK})
file(LOCK ${WORK}/lock TIMEOUT 600)  # Presets may build at once.

function(give_up why)
  message(WARNING "pages cannot be made: ${why}; the program will do all but `report`")
  file(WRITE ${OUTPUT} "// without a template
#include \"tools/page/page_template.hpp\"

namespace chokepoint {
PageTemplate page_template() {
  return {\"\", \"\", \"${why}\"};
}
}  // namespace chokepoint
")
endfunction()

if(NOT NODE OR NOT NPM)
  give_up("node or npm is not installed")
  return()
endif()

# Packages as package-lock.json has them, once for each content of it.
file(SHA256 ${SOURCE}/package-lock.json lock)
if(NOT EXISTS ${WORK}/node_modules/${lock}.stamp)
  configure_file(${SOURCE}/package.json ${WORK}/package.json COPYONLY)
  configure_file(${SOURCE}/package-lock.json ${WORK}/package-lock.json COPYONLY)
  execute_process(COMMAND ${NPM} ci --no-audit --no-fund --prefer-offline
    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said
    TIMEOUT 300)
  if(failed)
    message(STATUS "npm ci said:\n${said}")
    give_up("npm could not install the packages of tools/web")
    return()
  endif()
  file(TOUCH ${WORK}/node_modules/${lock}.stamp)
endif()

foreach(name index.html vite.config.js embed.mjs src)
  file(COPY ${SOURCE}/${name} DESTINATION ${WORK})
endforeach()
foreach(build "build" "build;--ssr;src/svg.js;--outDir;drawing")
  execute_process(COMMAND ${NODE} node_modules/vite/bin/vite.js ${build} --logLevel error
    WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
  if(failed)
    message(FATAL_ERROR "vite ${build}:\n${said}")
  endif()
endforeach()
execute_process(COMMAND ${NODE} embed.mjs dist/index.html drawing/svg.js ${OUTPUT}
  WORKING_DIRECTORY ${WORK} COMMAND_ERROR_IS_FATAL ANY)
