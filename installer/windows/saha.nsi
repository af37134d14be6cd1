; The Windows installer of Sahə: lays out what build.py has prepared, for one person, without administrator rights.
; It never touches a register: those lie in the person's data folder and stay when the program is removed.
;
; Compiled by build.py: makensis -DLAYOUT=… -DOUT=… -DVERSION=… saha.nsi

Target amd64-unicode
Name "Sahə"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Saha"
InstallDirRegKey HKCU "Software\Saha" "InstallDir"
RequestExecutionLevel user
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS all ; without it Windows 10 says it is Windows 8
ShowInstDetails nevershow
BrandingText "Sahə ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Sahə"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"
VIAddVersionKey "FileDescription" "Sahə"

!include "LogicLib.nsh"
!include "WinVer.nsh"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

LoadLanguageFile "${NSISDIR}/Contrib/Language files/English.nlf"
LoadLanguageFile "${NSISDIR}/Contrib/Language files/Russian.nlf"
LoadLanguageFile "azerbaijani.nlf" ; NSIS has none of its own
!define AZ 1068
LangString TooOld ${LANG_ENGLISH} "Sahə needs Windows 10 (version 1809) or newer, 64-bit."
LangString TooOld ${LANG_RUSSIAN} "Для Sahə нужна Windows 10 (версия 1809) или новее, 64-разрядная."
LangString TooOld ${AZ} "Sahə üçün Windows 10 (1809 versiyası) və ya daha yeni, 64 bitlik sistem lazımdır."
LangString InUse ${LANG_ENGLISH} "Sahə is open. Close it, then try again."
LangString InUse ${LANG_RUSSIAN} "Программа Sahə открыта. Закройте её и повторите."
LangString InUse ${AZ} "Sahə açıqdır. Onu bağlayın və yenidən cəhd edin."
LangString Practice ${LANG_ENGLISH} "Sahə (practice)"
LangString Practice ${LANG_RUSSIAN} "Sahə (учебные данные)"
LangString Practice ${AZ} "Sahə (məşq)"
LangString Bundle ${LANG_ENGLISH} "Sahə bundle"
LangString Bundle ${LANG_RUSSIAN} "Пакет Sahə"
LangString Bundle ${AZ} "Sahə paketi"

Function .onInit
  ${IfNot} ${AtLeastBuild} 17763
    MessageBox MB_OK|MB_ICONSTOP "$(TooOld)" /SD IDOK
    Abort
  ${EndIf}
FunctionEnd

Section
  ; An earlier version's files go first, so that no module of it is left to be imported. A file in use says it is open.
  ${If} ${FileExists} "$INSTDIR\app\main.py"
    ClearErrors
    Rename "$INSTDIR\python" "$INSTDIR\python-old"
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(InUse)" /SD IDOK
      Abort
    ${EndIf}
    RMDir /r "$INSTDIR\python-old"
    RMDir /r "$INSTDIR\lib"
    RMDir /r "$INSTDIR\app"
    RMDir /r "$INSTDIR\resources"
  ${EndIf}

  SetOutPath "$INSTDIR"
  File /r "${LAYOUT}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortcut "$SMPROGRAMS\Sahə.lnk" "$INSTDIR\python\pythonw.exe" "-m app.main gui" "$INSTDIR\saha.ico"
  CreateShortcut "$SMPROGRAMS\$(Practice).lnk" "$INSTDIR\practice.cmd" "" "$INSTDIR\saha.ico" 0 SW_SHOWMINIMIZED

  WriteRegStr HKCU "Software\Saha" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.saha" "" "Saha.Bundle"
  WriteRegStr HKCU "Software\Classes\.sahakit" "" "Saha.Bundle"
  WriteRegStr HKCU "Software\Classes\Saha.Bundle" "" "$(Bundle)"
  WriteRegStr HKCU "Software\Classes\Saha.Bundle\DefaultIcon" "" "$INSTDIR\saha.ico"
  WriteRegStr HKCU "Software\Classes\Saha.Bundle\shell\open\command" "" '"$INSTDIR\python\pythonw.exe" -m app.main "%1"'

  !define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Saha"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Sahə"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\saha.ico"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
  ; Named one by one: whatever else a person has put into this folder is theirs.
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\resources"
  Delete "$INSTDIR\saha.cmd"
  Delete "$INSTDIR\practice.cmd"
  Delete "$INSTDIR\saha.ico"
  Delete "$INSTDIR\LICENSE"
  Delete "$INSTDIR\LICENCES.md"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Sahə.lnk"
  Delete "$SMPROGRAMS\$(Practice).lnk"
  DeleteRegKey HKCU "Software\Classes\.saha"
  DeleteRegKey HKCU "Software\Classes\.sahakit"
  DeleteRegKey HKCU "Software\Classes\Saha.Bundle"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Saha"
SectionEnd
